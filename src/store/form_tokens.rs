//! Form tokens: a repeated POST answers as the first did.

use diesel::prelude::*;

use super::schema::form_tokens;
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::AccountId;

/// The address the first use of a token led to.
pub fn find_outcome(conn: &mut DbConn, token: &str, account: AccountId) -> Result<Option<String>> {
    Ok(form_tokens::table
        .filter(form_tokens::token.eq(token))
        .filter(form_tokens::account_id.eq(account.0))
        .select(form_tokens::outcome)
        .first(conn)
        .optional()?)
}

/// Fails with a taken key when the token was used before.
pub fn insert(
    conn: &mut DbConn,
    token: &str,
    account: AccountId,
    outcome: &str,
    now: Instant,
) -> Result<()> {
    diesel::insert_into(form_tokens::table)
        .values((
            form_tokens::token.eq(token),
            form_tokens::account_id.eq(account.0),
            form_tokens::outcome.eq(outcome),
            form_tokens::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn prune(conn: &mut DbConn, before: Instant) -> Result<()> {
    diesel::delete(form_tokens::table.filter(form_tokens::created_at.lt(before))).execute(conn)?;
    Ok(())
}
