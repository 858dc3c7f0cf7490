//! Digits that are no claims, each with its reason.
use super::*;

#[test]
fn dates_and_years() {
    table(
        "
        2017年 | 2017年 year
        ２０１７年３月 | ２０１７年３月 date
        2017 年 12 月 31 日 | 2017 年 12 月 31 日 date
        2022年12月底 | 2022年12月底 date
        二O一八年 | 二O一八年 year
        上午9点30分、8点半 | 9点30分 clock-time; 8点 clock-time
        2022年1月28日10:30 | 2022年1月28日 date; 10:30 clock-time
        2017年度 | 2017年度 year
        2018年3月 | 2018年3月 date
        2018年1月1日至12月31日 | 2018年1月1日 date; 12月31日 date
        1月1日 | 1月1日 date
        2018-03-09 | 2018-03-09 date
        2018-03-09 10:01 | 2018-03-09 10:01 date
        2019.5.15 | 2019.5.15 date
        201811日至20181231日 | 201811日 date; 20181231日 date
        20231月1日 | 20231月1日 date
        202020年12月31日 | 202020年12月31日 date
        2011年末 | 2011年末 date
        2、3月 | 2、3月 date
        2月、3月窗口 | 2月 date; 3月 date
        1-9月 | 1-9月 date
        6月至8月 | 6月 date; 8月 date
        4月起 | 4月 date
        9月底 | 9月底 date
        二〇一八年三月 | 二〇一八年三月 date
        二○一八年 | 二○一八年 year
        十二月三十一日 | 十二月三十一日 date
        2016-2020年 | 2016-2020年 year
        (2017)报告 | 2017 year
        8:30至17:30 | 8:30 clock-time; 17:30 clock-time
        31日24时 | 31日 date; 24时 clock-time
        2011年四季度 | 2011年四季度 date
    ",
    );
}

#[test]
fn documents_and_articles() {
    table(
        "
        办发〔2017〕10号 | 〔2017〕10号 document-number
        公开办函[2019]60号 | [2019]60号 document-number
        国务院令第711号 | 第711号 document-number
        办函20168号 | 20168号 document-number
        第二十条第(一)项 | 第二十条 article; 第(一)项 article
        第五十条第四项 | 第五十条 article; 第四项 article
        第20条 | 第20条 article
        2022年第1期 | 2022年 year; 第1期 issue
        第六期 | 第六期 issue
        索引号:014416330/2018-04736 | 014416330/2018-04736 code
        索引号:999-0418/2019-00012 | 999-0418/2019-00012 code
        备00012345号 | 00012345号 document-number
        京ICP备12345678号-1 | 12345678号 document-number; 1 code
    ",
    );
}

#[test]
fn contact() {
    table(
        "
        电话:0999-5550118 | 0999-5550118 telephone
        0998-5550166转8012 | 0998-5550166转8012 telephone
        (0999)5550118 | (0999)5550118 telephone
        传真:5550119 | 5550119 telephone
        手机13900000000 | 13900000000 telephone
        邮编999018 | 999018 postcode
        邮政编码:999018 | 999018 postcode
        QQ群:12345678 | 12345678 code
        梧桐路77号 | 77号 address
        3楼301室 | 3楼 address; 301室 address
        http://www.a.gov.cn/2018/t20180309_1.html | http://www.a.gov.cn/2018/t20180309_1.html url
        a123@b.gov.cn | a123@b.gov.cn url
        www.365.com | www.365.com url
        咨询电话900多个 | 900多个 = 900 个 [900, 1000) 多
    ",
    );
}

#[test]
fn names_codes_and_measures() {
    table(
        "
        12345热线 | 12345热线 name
        “12345”转来 | 12345 name
        96310服务热线 | 96310服务热线 name
        12345件 | 12345件 = 12345 件 [12345, 12345]
        信访办和610两个部门 | 610 name; 两个 = 2 个 [2, 2]
        610条 | 610条 = 610 条 [610, 610]
        三公经费 | 三公经费 name
        双随机、一公开 | 双随机、一公开 name
        “1+X”与1+2+3+N | 1+X name; 1+2+3+N name
        5·15政务公开日 | 5·15政务公开日 name
        苏政50条 | 苏政50条 name
        IPv6、5G、H5 | IPv6 name; 5G name; H5 name
        宽2px | 2px code
        2019版目录 | 2019版 version
        15个工作日 | 15个工作日 duration
        30天、24小时、三年 | 30天 duration; 24小时 duration; 三年 duration
        1个半小时 | 1个半小时 duration
        35岁以下 | 35岁以下 age
        7×24小时 | 7×24小时 duration
        比例为1:3 | 1:3 ratio
        1.加强领导。2.深化 | 1 heading; 2 heading
        (1)收到 | 1 heading
        浏览次数:3076次 | 3076次 furniture
        1234567890123456789件 | 1234567890123456789 too-long
        统一、进一步、十分、一体化 | 
        两微一端 | 两微一端 name
        十四五规划 | 十四五 name
        第1-6部分 | 第1-6 ordinal
    ",
    );
}
