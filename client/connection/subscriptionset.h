#pragma once

#include <QStringList>

#include <optional>

namespace dialogue::client {

/**
 * What one room's participant is subscribed to, as far as it is known here: which events a room gives by
 * default, only the server knows, and not every server tells.
 */
class SubscriptionSet
{
public:
    /** \a base: what the join asks for; nothing: the room's defaults. */
    explicit SubscriptionSet(std::optional<QStringList> base = {});

    /** The server told what it has us subscribed to by default, before what was asked for since. */
    void learn(const QStringList &base);
    void add(const QString &event);
    void remove(const QString &event);

    /** All of them, or nothing where the defaults are not known. */
    [[nodiscard]] std::optional<QStringList> all() const;
    [[nodiscard]] const QStringList &added() const { return m_added; } ///< Besides the defaults.
    [[nodiscard]] const QStringList &removed() const { return m_removed; } ///< Out of the defaults.

private:
    std::optional<QStringList> m_base;
    QStringList m_added;
    QStringList m_removed;
};

} // namespace dialogue::client
