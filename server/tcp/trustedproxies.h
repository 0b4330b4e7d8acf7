#pragma once

#include "core/base/result.h"
#include "server/export.h"
#include "server/tcp/peer.h"

#include <QHostAddress>
#include <QList>
#include <QStringList>

#include <optional>
#include <utility>

namespace dialogue {

/** \a text as it must be where a mistake costs: "10.0.0.1" or "2001:db8::1", no short forms, no scope; else
 * nothing. */
std::optional<QHostAddress> strictAddress(QByteArrayView text);

/** The peers whose word on who their own client is gets believed. A value; shared between threads. */
class DIALOGUE_SERVER_EXPORT TrustedProxies
{
public:
    /**
     * Each of \a items is an address, a block ("10.0.0.0/8"), or a name: "loopback", "private" (RFC 1918, RFC
     * 4193 and link-local addresses) or "unix" (whoever reaches a Unix socket). ConfigError with the item's
     * index as its path.
     */
    static Result<TrustedProxies> parse(const QStringList &items);
    /** What is wrong with one such item; empty: nothing. */
    static QString problem(const QString &item);

    [[nodiscard]] bool isEmpty() const { return m_blocks.isEmpty() && !m_unix; }
    [[nodiscard]] bool contains(const QHostAddress &address) const;
    [[nodiscard]] bool contains(const Peer &peer) const
    {
        return peer.isUnix ? m_unix : contains(peer.address);
    }

private:
    using Block = std::pair<QHostAddress, int>; ///< Address and length of its prefix.

    Result<void> add(const QString &item);
    Result<void> addBlock(const QString &text);

    QList<Block> m_blocks;
    bool m_unix = false;
};

} // namespace dialogue
