//! The program: arguments, and then the window or one command.
#![forbid(unsafe_code)]

fn main() {}
