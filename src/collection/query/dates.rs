//! Days, months and years as numbers that can be compared: `2023`, `2023-06`, `2023-06-28`, `2026-01/2026-06`.

/// The first and the last day of what a date names, as `20230628`; every month is taken to have 31 days, which
/// compares the same. `None` where it is no ISO 8601 date.
pub(in crate::collection) fn days(date: &str) -> Option<(u32, u32)> {
    match date.split_once('/') {
        Some((from, to)) => Some((days_of_one(from)?.0, days_of_one(to)?.1)).filter(|(from, to)| from <= to),
        None => days_of_one(date),
    }
}

fn days_of_one(date: &str) -> Option<(u32, u32)> {
    // The time of the day says nothing about the day.
    let date = date.trim().split(['T', 't', ' ']).next()?;
    let mut parts = date.split('-');
    let number = |part: &str, digits: usize| {
        let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<u32>().ok()).flatten()
    };
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map(|month| number(month, 2).filter(|month| (1..=12).contains(month)));
    let day = parts.next().map(|day| number(day, 2).filter(|day| (1..=31).contains(day)));
    if parts.next().is_some() || month == Some(None) || day == Some(None) {
        return None;
    }
    let (month, day) = (month.flatten(), day.flatten());
    let at = |month: u32, day: u32| year * 10_000 + month * 100 + day;
    Some((at(month.unwrap_or(1), day.unwrap_or(1)), at(month.unwrap_or(12), day.unwrap_or(31))))
}
