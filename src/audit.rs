//! The audit document of the contract, and the pipeline that makes it.
