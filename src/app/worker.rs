//! A thread that carries out orders, one after another, until nobody gives any: it then ends what it has begun.
//!
//! Knows nothing of the orders. Held by `tests/desk.rs`.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

/// A running thread, and the way to give it orders.
#[derive(Debug)]
pub struct Worker<O> {
    orders: Option<Sender<O>>,
    thread: Option<JoinHandle<()>>,
}

impl<O: Send + 'static> Worker<O> {
    /// Starts `work` under a name.
    ///
    /// # Errors
    /// No thread could be started.
    pub fn run(name: &str, work: impl FnOnce(&Receiver<O>) + Send + 'static) -> std::io::Result<Self> {
        let (orders, inbox) = channel();
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || work(&inbox))?;
        Ok(Self { orders: Some(orders), thread: Some(thread) })
    }

    /// Hands an order over; whether the thread is still there to take it.
    pub fn order(&self, order: O) -> bool {
        self.orders.as_ref().is_some_and(|orders| orders.send(order).is_ok())
    }

    /// Lets it write what is left, and waits for it.
    pub fn close(mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            // One that panicked has nothing more to say; edits of sets are safe in their journals.
            let _: Result<(), _> = thread.join();
        }
    }
}
