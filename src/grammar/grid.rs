//! Sub-tables of a matrix form: columns, and the indicators where rows and columns cross.

use super::{Form, IndicatorKey, label};

/// A sub-table with columns of its own.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Its name within the form.
    pub key: String,
    /// What is printed above it, reduced: `第二十条第(一)项`, a chapter heading.
    pub headings: Vec<String>,
    /// Words of its header that head no column, reduced: `信息内容`.
    pub headers: Vec<String>,
    /// Columns and groups of columns, in printed order.
    pub columns: Vec<Column>,
    /// Whether its rows have labels; without, it has one row, and the columns' keys are whole indicators.
    pub labelled: bool,
}

/// A column, or a header cell over several.
#[derive(Clone, Debug)]
pub struct Column {
    /// What it adds to the row's key: `natural_person`; empty for the total, which adds nothing; `None` for a group.
    pub key: Option<String>,
    /// Header as printed.
    pub printed: String,
    /// Header, reduced by [`Form::reduce`].
    pub label: String,
    /// Reduced variants.
    pub aliases: Vec<String>,
    /// Units its figures may carry, the form's own first; where empty, the row's hold.
    pub units: Vec<String>,
    /// Index of the group above it.
    pub parent: Option<usize>,
}

/// Where an indicator of a matrix stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Index in [`Form::tables`].
    pub table: usize,
    /// Index in [`Form::rows`]; `None` where the sub-table has no labels.
    pub row: Option<usize>,
    /// Index in [`Grid::columns`].
    pub column: usize,
}

impl Grid {
    /// Indices of the columns that hold figures, in printed order.
    pub fn leaves(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(|(_, c)| c.key.is_some()).map(|(i, _)| i)
    }
    /// Groups above a column, outermost first.
    pub fn path(&self, column: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut at = self.columns.get(column).and_then(|c| c.parent);
        while let Some(parent) = at
            && path.last().is_none_or(|&last| parent < last)
        {
            path.push(parent);
            at = self.columns.get(parent).and_then(|c| c.parent);
        }
        path.reverse();
        path
    }
    /// Columns and groups with this reduced header, in printed order.
    pub fn columns_labelled(&self, reduced: &str) -> Vec<usize> {
        let wanted = label::bare(reduced);
        let named = |column: &Column| {
            [&column.label].into_iter().chain(&column.aliases).any(|name| label::bare(name) == wanted)
        };
        self.columns.iter().enumerate().filter(|(_, c)| named(c)).map(|(i, _)| i).collect()
    }
    /// Columns with figures that a path of header cells as printed leads to, outermost first; groups may be left out.
    pub fn columns_at(&self, headers: &[&str]) -> Vec<usize> {
        let Some((last, above)) = headers.split_last() else { return Vec::new() };
        let above: Vec<Vec<usize>> = above.iter().map(|h| self.columns_labelled(&Form::reduce(h))).collect();
        let fits = |&column: &usize| {
            let mut path = self.path(column).into_iter();
            self.columns.get(column).is_some_and(|c| c.key.is_some())
                && above.iter().all(|wanted| path.any(|step| wanted.contains(&step)))
        };
        self.columns_labelled(&Form::reduce(last)).into_iter().filter(fits).collect()
    }
}

impl Form {
    /// The indicator of a cell of a matrix: row key and column key joined by a dot; of a sub-table without row labels,
    /// the column key. `None` for headings, groups and cells that are not there.
    pub fn cell_key(&self, table: usize, row: Option<usize>, column: usize) -> Option<IndicatorKey> {
        let grid = self.tables.get(table)?;
        let column = grid.columns.get(column)?.key.as_ref()?;
        let row = match row {
            Some(row) => self.rows.get(row).filter(|r| r.table == table)?.key.as_ref()?.as_str(),
            None if grid.labelled => return None,
            None => "",
        };
        let dot = if row.is_empty() || column.is_empty() { "" } else { "." };
        Some(IndicatorKey(format!("{row}{dot}{column}")))
    }
    /// Where an indicator of a matrix stands.
    pub fn cell(&self, key: &IndicatorKey) -> Option<Cell> {
        self.cells.get(key.as_str()).copied()
    }
    /// All cells of a sub-table, row by row.
    pub fn cells_of(&self, table: usize) -> Vec<Cell> {
        let Some(grid) = self.tables.get(table) else { return Vec::new() };
        let rows: Vec<Option<usize>> = match grid.labelled {
            false => vec![None],
            true => {
                let keyed = self.rows.iter().enumerate().filter(|(_, r)| r.table == table && r.key.is_some());
                keyed.map(|(i, _)| Some(i)).collect()
            }
        };
        rows.into_iter().flat_map(|row| grid.leaves().map(move |column| Cell { table, row, column })).collect()
    }
}
