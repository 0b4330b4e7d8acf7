#pragma once

#include <QByteArray>
#include <QHostAddress>

#include <optional>

namespace dialogue {

/** A comma-separated list of header values, taken apart from its end; commas in quotes do not count. What the
 * left of it looks like does not matter to what is taken from the right. */
class ForwardedList
{
public:
    explicit ForwardedList(const QByteArray &text)
        : m_text(text)
    { }

    /** The last item, which is not empty; nothing when there is none. */
    std::optional<QByteArray> takeLast();

private:
    QByteArray m_text;
};

/** One address as a proxy writes it: RFC 7239, section 6, and what stands in X-Forwarded-For. */
struct ForwardedNode
{
    enum Kind {
        Address, ///< With or without a port.
        Hidden, ///< None, "unknown", or a name that means something to the proxy alone.
        Malformed,
    };
    Kind kind = Hidden;
    QHostAddress address = {};
};

ForwardedNode readForwardedNode(QByteArrayView text);

/** One item of a Forwarded header; empty is what it does not say. */
struct ForwardedElement
{
    QByteArray forNode;
    QByteArray protocol;
    QByteArray host;
};

/** `for=192.0.2.43;proto=https;host="example.org:8080"` (RFC 7239, section 4); nothing when it is malformed.
 */
std::optional<ForwardedElement> readForwardedElement(QByteArrayView text);

} // namespace dialogue
