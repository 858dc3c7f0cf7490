//! Answer sheets and scores.
