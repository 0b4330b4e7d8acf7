#pragma once

#include "model/connectionstatus.h"
#include "model/conversation.h"
#include "model/roomlistmodel.h"

#include <dialogue/client/dialogueclient.h>

#include <QHash>
#include <QTimer>

namespace chat {

/** One user at one server: the connection, the rooms, and a conversation for each room that was entered. */
class ChatSession : public QObject
{
    Q_OBJECT
public:
    ChatSession(dialogue::ClientConfig config, const QString &userName, QObject *parent = nullptr);
    ~ChatSession() override;

    /** How a person called \a name connects to \a url. */
    [[nodiscard]] static dialogue::ClientConfig configFor(const QUrl &url, const QString &name);

    [[nodiscard]] QString userName() const { return m_userName; }
    [[nodiscard]] dialogue::DialogueClient &client() { return m_client; }
    [[nodiscard]] ConnectionStatus &status() { return m_status; }
    [[nodiscard]] RoomListModel &rooms() { return m_rooms; }
    [[nodiscard]] Conversation *current() const { return m_current; } ///< Null before the first.

    void open(const QString &roomId); ///< Joins it unless we are in it, and makes it the current one.
    void createRoom(const QString &name);
    void refreshRooms();

Q_SIGNALS:
    void currentChanged();
    void unreadChanged(int unread);
    void refused(const QString &what, const QString &why); ///< A wish that no conversation shows.

private:
    [[nodiscard]] Conversation *conversation(const QString &roomId);

    const QString m_userName;
    dialogue::DialogueClient m_client;
    ConnectionStatus m_status;
    RoomListModel m_rooms;
    QHash<QString, Conversation *> m_conversations;
    Conversation *m_current = nullptr;
    bool m_listed = false; ///< The server's rooms, since we connected.
    QTimer m_refresh; ///< Who comes and goes, the server tells only in its list of rooms.
};

} // namespace chat
