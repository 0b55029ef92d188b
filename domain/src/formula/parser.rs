//! Reads a formula by recursive descent, within bounds that no text can exceed.
//!
//! ```text
//! sum     = product (("+" | "-") product)*
//! product = factor (("*" | "/") factor)*
//! factor  = "-" factor | number [currency] | name | function "(" sum ("," sum)* ")" | "(" sum ")"
//! ```

use super::expr::{Expr, Function, Node, Op};
use super::fault::{Fault, Problem, Span};
use super::lexer::{Token, tokens};
use super::vocabulary::nearest;
use crate::Currency;

/// Most bytes of a formula's text.
pub const MAX_LENGTH: usize = 2_000;
/// Most levels of parentheses, functions and signs within each other.
pub const MAX_DEPTH: usize = 32;
/// Most numbers, names, operations and functions.
pub const MAX_NODES: usize = 256;

pub(super) fn parse(text: &str) -> Result<Expr, Fault> {
    let whole = Span { start: 0, end: text.len() };
    if text.len() > MAX_LENGTH {
        return Err(Fault::new(Problem::TooLong, whole));
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(Fault::new(Problem::Empty, whole));
    }
    let mut parser = Parser { tokens: &tokens, next: 0, depth: 0, nodes: 0, end: text.len() };
    let expr = parser.sum()?;
    if let Some((token, at)) = parser.peek() {
        return Err(Fault::new(behind_value(token), at));
    }
    // It is kept as it is printed, with a space around each sign, and must be readable then too.
    if expr.to_string().len() > MAX_LENGTH {
        return Err(Fault::new(Problem::TooLong, whole));
    }
    Ok(expr)
}

/// What is wrong with a token where an operation or the end should be.
fn behind_value(token: Token<'_>) -> Problem {
    match token {
        Token::Close | Token::Comma => Problem::Unopened,
        Token::Number(_) | Token::Name(_) | Token::Open | Token::Op(_) => Problem::OperatorExpected,
    }
}

struct Parser<'a> {
    tokens: &'a [(Token<'a>, Span)],
    next: usize,
    depth: usize,
    nodes: usize,
    end: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<(Token<'a>, Span)> {
        self.tokens.get(self.next).copied()
    }

    /// The place behind the last token, for what is missing there.
    fn at_end(&self) -> Span {
        Span { start: self.end, end: self.end }
    }

    fn node(&mut self, node: Node, at: Span) -> Result<Expr, Fault> {
        self.nodes += 1;
        if self.nodes > MAX_NODES { Err(Fault::new(Problem::TooManyParts, at)) } else { Ok(Expr { node, at }) }
    }

    fn sum(&mut self) -> Result<Expr, Fault> {
        let mut left = self.product()?;
        while let Some((Token::Op(op @ (Op::Plus | Op::Minus)), _)) = self.peek() {
            self.next += 1;
            let right = self.product()?;
            left = self.binary(op, left, right)?;
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expr, Fault> {
        let mut left = self.factor()?;
        while let Some((Token::Op(op @ (Op::Times | Op::Over)), _)) = self.peek() {
            self.next += 1;
            let right = self.factor()?;
            left = self.binary(op, left, right)?;
        }
        Ok(left)
    }

    fn binary(&mut self, op: Op, left: Expr, right: Expr) -> Result<Expr, Fault> {
        let at = left.at.to(right.at);
        self.node(Node::Binary(op, Box::new(left), Box::new(right)), at)
    }

    fn factor(&mut self) -> Result<Expr, Fault> {
        let Some((token, at)) = self.peek() else {
            return Err(Fault::new(Problem::ValueExpected, self.at_end()));
        };
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::new(Problem::TooDeep, at));
        }
        self.next += 1;
        let expr = match token {
            Token::Op(Op::Minus) => {
                let inner = self.factor()?;
                let at = at.to(inner.at);
                self.node(Node::Negative(Box::new(inner)), at)
            }
            Token::Number(n) => match self.currency() {
                Some((currency, end)) => self.node(Node::Amount(n, currency), at.to(end)),
                None => self.node(Node::Number(n), at),
            },
            Token::Name(name) if matches!(self.peek(), Some((Token::Open, _))) => self.call(name, at),
            Token::Name(name) => self.node(Node::Name(name.to_owned()), at),
            Token::Open => {
                let inner = self.sum()?;
                self.close(at).map(|end| Expr { node: inner.node, at: at.to(end) })
            }
            Token::Op(Op::Plus | Op::Times | Op::Over) | Token::Close | Token::Comma => {
                Err(Fault::new(Problem::ValueExpected, at))
            }
        };
        self.depth -= 1;
        expr
    }

    /// A currency's code behind a number, in capitals.
    fn currency(&mut self) -> Option<(Currency, Span)> {
        let (Token::Name(code), at) = self.peek()? else {
            return None;
        };
        let currency = code.parse().ok().filter(|_| code.bytes().all(|b| b.is_ascii_uppercase()))?;
        self.next += 1;
        Some((currency, at))
    }

    /// A function and its values; the next token is its opening parenthesis.
    fn call(&mut self, name: &str, at: Span) -> Result<Expr, Fault> {
        let Some(function) = Function::from_name(name) else {
            let suggestion = nearest(name, Function::ALL.iter().map(|f| f.name()));
            return Err(Fault::new(Problem::UnknownFunction { suggestion }, at));
        };
        let open = self.peek().map_or(at, |(_, open)| open);
        self.next += 1;
        let mut all = vec![self.sum()?];
        while let Some((Token::Comma, _)) = self.peek() {
            self.next += 1;
            all.push(self.sum()?);
        }
        let end = self.close(open)?;
        self.node(Node::Call(function, all), at.to(end))
    }

    /// The closing parenthesis of the one that was opened there.
    fn close(&mut self, open: Span) -> Result<Span, Fault> {
        match self.peek() {
            Some((Token::Close, at)) => {
                self.next += 1;
                Ok(at)
            }
            Some((token @ (Token::Number(_) | Token::Name(_) | Token::Open | Token::Op(_) | Token::Comma), at)) => {
                Err(Fault::new(behind_value(token), at))
            }
            None => Err(Fault::new(Problem::Unclosed, open)),
        }
    }
}
