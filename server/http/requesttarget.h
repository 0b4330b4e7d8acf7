#pragma once

#include <QByteArray>

#include <optional>

namespace dialogue {

/** What the target of a request names; views of it. */
struct RequestTarget
{
    QByteArrayView authority = {}; ///< Of the absolute form: "example.org:8080"; else empty.
    /** As sent, percent-encodings too: "/a%2Fb"; "*" for OPTIONS of the whole server. */
    QByteArrayView path = {};
    QByteArrayView query = {}; ///< Without the question mark.
};

/**
 * Takes \a target apart: in origin form ("/a?b") or absolute form ("http://example.org/a?b", by any of http,
 * https, ws and wss; RFC 9112, section 3.2), a fragment dropped. Nothing where it is of no form that is
 * served, or not as that form has it.
 */
std::optional<RequestTarget> parseRequestTarget(QByteArrayView target);

/** \a text with its percent-encodings decoded, as far as they are some. */
QByteArray percentDecoded(QByteArrayView text);

} // namespace dialogue
