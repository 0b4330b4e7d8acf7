#pragma once

#include <dialogue/client/dialogueclient.h>
#include <dialogue/server/dialogue.h>
#include <dialogue/server/store/eventstore.h>

#include <QObject>

#include <memory>

using namespace Qt::StringLiterals;

/** Somebody's database. */
class MyStore : public dialogue::EventStore
{
public:
    dialogue::Result<QList<dialogue::StoredRoom>> loadRooms() override;
    dialogue::Result<void> saveEvents(const QList<dialogue::StoredEvent> &events) override;
    dialogue::Result<QList<dialogue::StoredEvent>> loadEvents(const QString &roomId,
                                                              const dialogue::EventQuery &query) override;
    dialogue::Result<void> saveRoomState(const QString &roomId, const QJsonObject &state) override;
    dialogue::Result<void> deleteRoom(const QString &roomId) override;
};

/** Somebody's application: what the fragments in docs/, which are its member functions, mention and do not
 * declare. */
class Window : public QObject
{
    Q_OBJECT
public:
    QString freshToken();
    QString userOf(const QString &token);
    bool mayEnter(const QString &userId, const QString &roomId);
    bool isDecent(const QByteArray &json) const;
    void append(const dialogue::EventMessage &message);
    void showError(const QString &text);
    void showThatSomethingIsMissing(const dialogue::Gap &gap);

protected:
    dialogue::ServerConfig m_config;
    dialogue::Dialogue *m_server;
    std::unique_ptr<dialogue::DialogueClient> m_client;
};
