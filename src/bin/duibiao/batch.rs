//! Many documents on all cores, one after another on the way out.

use rayon::prelude::*;
use std::{
    any::Any,
    cell::RefCell,
    ops::ControlFlow,
    panic::{self, AssertUnwindSafe, catch_unwind},
};

/// Documents in memory at a time.
const CHUNK: usize = 64;

/// What became of one item: its product, or the words of the panic it ended in.
pub(crate) type Outcome<T> = Result<T, String>;

/// Applies `work` to every item in parallel and hands the products to `take` in input order until it breaks off.
pub(crate) fn run<I: Sync, T: Send>(
    items: &[I],
    work: impl Fn(&I) -> T + Sync,
    mut take: impl FnMut(&I, Outcome<T>) -> ControlFlow<()>,
) {
    for chunk in items.chunks(CHUNK) {
        let products: Vec<Outcome<T>> = chunk.par_iter().map(|item| guarded(|| work(item))).collect();
        for (item, product) in chunk.iter().zip(products) {
            if take(item, product).is_break() {
                return;
            }
        }
    }
}

thread_local! {
    /// Where this thread last panicked.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Makes panics silent: [`guarded`] gives their words to whoever can name the document.
pub(crate) fn silence() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!(" ({place})")).unwrap_or_default();
        PLACE.set(place);
    }));
}

/// Runs `work`; a panic becomes its words and, once [`silence`] was called, its place in the source.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Outcome<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| words(panic.as_ref()) + &PLACE.take())
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "?".to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn one_bad_item_stops_no_other_and_order_stays() {
        let items: Vec<usize> = (0..200).collect();
        let mut seen = Vec::new();
        run(
            &items,
            |item| if *item == 7 { panic!("item {item}") } else { item * 2 },
            |item, outcome| {
                seen.push((*item, outcome));
                ControlFlow::Continue(())
            },
        );
        assert_eq!(seen.len(), 200);
        for (item, outcome) in seen {
            assert_eq!(outcome, if item == 7 { Err("item 7".to_owned()) } else { Ok(item * 2) });
        }
    }

    #[test]
    fn a_reader_that_has_enough_ends_the_batch() {
        let items: Vec<usize> = (0..200).collect();
        let mut taken = 0;
        run(
            &items,
            |item| *item,
            |item, _| {
                taken += 1;
                if *item == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(taken, 3);
    }
}
