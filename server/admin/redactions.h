#pragma once

#include "server/admin/redaction.h"

#include <QHash>

#include <utility>

namespace dialogue {
class Room;
}

namespace dialogue::admin {

/** Which redaction the events of which rooms have, by the configuration and by their schemas. Of the hub. */
class Redactions
{
public:
    explicit Redactions(const AdminConfig &config)
        : m_config(config)
    { }

    [[nodiscard]] RedactionPtr of(const Room &room, const QString &event);
    /** Rooms are declared anew, or the configuration is another. */
    void forget()
    {
        m_known.clear();
        m_last = {};
    }

private:
    [[nodiscard]] RedactionPtr find(const Room &room, const QString &event);
    [[nodiscard]] RedactionPtr make(const Room &room, const QString &event) const;

    static constexpr qsizetype MostKnown = 10'000;
    const AdminConfig &m_config;
    QHash<std::pair<QString, QString>, RedactionPtr> m_known;
    /** What was asked for last, as most are of one room. */
    struct Last
    {
        const Room *room = nullptr;
        QString event = {};
        RedactionPtr redaction = {};
    } m_last;
};

} // namespace dialogue::admin
