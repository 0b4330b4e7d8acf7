#pragma once

#include "core/base/result.h"
#include "core/json/jsondata.h"

#include <QByteArray>
#include <QList>
#include <QPointer>
#include <QString>

#include <optional>

namespace dialogue {
class DialogueClientPrivate;
}

namespace dialogue::client {

class PacketConnection;

/** What the server says: each event is read, given to the room or the request it belongs to, and told. */
class ServerEvents
{
public:
    using Attachments = QList<QByteArray>;

    explicit ServerEvents(DialogueClientPrivate &client)
        : m_client(client)
    { }
    Q_DISABLE_COPY_MOVE(ServerEvents)

    /** May end the client. */
    void take(const QString &name, const JsonData &args, const Attachments &attachments,
              std::optional<quint64> ackId);

private:
    using Reader = Result<void> (ServerEvents::*)(const JsonData &, const Attachments &);

    void onDirect(const QString &name, const JsonData &data, const Attachments &attachments,
                  std::optional<quint64> ackId);
    /** Sends the answer to what the server asked over \a connection, if that still is ours. */
    void acknowledge(const QPointer<PacketConnection> &connection, quint64 ackId,
                     const Result<QJsonValue> &answer);
    /** Gives \a payload to the request it answers, where acks do not. */
    void answer(QLatin1String name, const JsonData &payload, const Attachments &attachments = {});

    // Each reads one kind of event; the Error is a violation.
    Result<void> readConnected(const JsonData &payload, const Attachments &);
    Result<void> readJoined(const JsonData &payload, const Attachments &);
    Result<void> readLeft(const JsonData &payload, const Attachments &);
    Result<void> readUnsubscribed(const JsonData &payload, const Attachments &);
    Result<void> readEvent(const JsonData &payload, const Attachments &attachments);
    Result<void> readGap(const JsonData &payload, const Attachments &);
    Result<void> readPresence(const JsonData &payload, const Attachments &);
    Result<void> readRooms(const JsonData &payload, const Attachments &);
    Result<void> readRoomCreated(const JsonData &payload, const Attachments &);
    Result<void> readRoomDeleted(const JsonData &payload, const Attachments &);
    Result<void> readHistory(const JsonData &payload, const Attachments &attachments);
    Result<void> readHistoryResponse(const JsonData &payload, const Attachments &attachments);
    Result<void> readError(const JsonData &payload, const Attachments &);

    DialogueClientPrivate &m_client;
};

} // namespace dialogue::client
