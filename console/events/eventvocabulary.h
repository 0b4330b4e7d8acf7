#pragma once

#include "console/connection/adminconnection.h"
#include "console/filter/completion.h"
#include "console/model/eventbatch.h"

#include "core/schema/schema.h"

#include <QSet>

#include <optional>

namespace dialogue::console {

/** Which rooms, events and users there are, by the events seen; and the schemas of rooms, which the server is
 * asked for once each. Of each kind it keeps so many, and no more. */
class EventVocabulary : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype MostNames = 500;
    static constexpr qsizetype MostRooms = 64;

    explicit EventVocabulary(AdminConnection &connection, QObject *parent = nullptr);

    void see(const EventBatch &batch);
    /** Those of \a rooms that are no patterns. */
    void askFor(const QStringList &rooms);
    /** What `admin:get {what: room}` has answered. */
    void learn(const QString &room, const QJsonObject &details);

    [[nodiscard]] const FilterVocabulary &vocabulary() const { return m_vocabulary; }
    /** Of the data of such events; nothing: it has none, or none that we know. */
    [[nodiscard]] std::optional<Schema> schemaOf(const QString &room, const QString &event) const;

private:
    void ask(const QString &room);

    AdminConnection &m_connection;
    FilterVocabulary m_vocabulary;
    QSet<QString> m_rooms;
    QSet<QString> m_events;
    QSet<QString> m_users;
    QSet<QString> m_asked;
    QHash<std::pair<QString, QString>, Schema> m_schemas;
};

} // namespace dialogue::console
