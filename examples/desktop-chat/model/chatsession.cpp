#include "model/chatsession.h"

#include <QRegularExpression>

namespace chat {

using dialogue::ClientConfig;
using dialogue::DialogueClient;
using dialogue::Result;
using dialogue::RoomInfo;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds RefreshEvery{3};

/** "Team Lunch!" -> "team-lunch" */
QString idFor(const QString &name)
{
    static const QRegularExpression words(u"\\w+"_s, QRegularExpression::UseUnicodePropertiesOption);
    QStringList found;
    for (const QRegularExpressionMatch &word : words.globalMatch(name.toLower()))
        found.append(word.captured());
    return found.join(u'-');
}

} // namespace

ChatSession::ChatSession(ClientConfig config, const QString &userName, QObject *parent)
    : QObject(parent)
    , m_userName(userName)
    , m_client(std::move(config))
    , m_status(m_client)
{
    m_refresh.setInterval(RefreshEvery);
    connect(&m_refresh, &QTimer::timeout, this, &ChatSession::refreshRooms);
    connect(&m_client, &DialogueClient::connected, this, [this] {
        m_listed = false;
        if (m_conversations.isEmpty())
            refreshRooms(); // else once we are in a room again, and count
        m_refresh.start();
    });
    connect(&m_client, &DialogueClient::disconnected, &m_refresh, &QTimer::stop);
    connect(&m_client, &DialogueClient::roomCreated, &m_rooms, &RoomListModel::add);
    connect(&m_client, &DialogueClient::roomDeleted, &m_rooms, &RoomListModel::remove);
}

ChatSession::~ChatSession() = default;

ClientConfig ChatSession::configFor(const QUrl &url, const QString &name)
{
    ClientConfig config;
    config.url = url;
    config.auth = QJsonObject{{u"userId"_s, name}};
    config.timeouts.trigger = std::chrono::hours(1); // what is said in a tunnel is still meant after it
    return config;
}

void ChatSession::open(const QString &roomId)
{
    Conversation *const opened = conversation(roomId);
    m_rooms.setRead(roomId);
    Q_EMIT unreadChanged(m_rooms.unread());
    if (opened == m_current)
        return;
    m_current = opened;
    if (opened->state() == Conversation::State::Out)
        opened->join();
    Q_EMIT currentChanged();
}

void ChatSession::createRoom(const QString &name)
{
    m_client.createRoom({.id = idFor(name), .name = name})
        .then(this, [this, name](const Result<RoomInfo> &room) {
            if (!room) {
                Q_EMIT refused(tr("The room “%1” was not created").arg(name), room.error().text());
                return;
            }
            m_rooms.add(*room);
            open(room->id);
        });
}

void ChatSession::refreshRooms()
{
    m_listed = true;
    m_client.listRooms().then(this, [this](const Result<QList<RoomInfo>> &rooms) {
        if (rooms)
            m_rooms.setRooms(*rooms);
    });
}

Conversation *ChatSession::conversation(const QString &roomId)
{
    if (Conversation *const known = m_conversations.value(roomId))
        return known;
    auto *const made = new Conversation(m_client, roomId, this);
    m_conversations.insert(roomId, made);
    connect(made, &Conversation::said, this, [this, made] {
        if (made == m_current)
            return;
        m_rooms.addUnread(made->roomId());
        Q_EMIT unreadChanged(m_rooms.unread());
    });
    connect(made, &Conversation::stateChanged, this, [this, made, last = made->state()]() mutable {
        if (std::exchange(last, made->state()) == made->state())
            return;
        const bool joined = made->state() == Conversation::State::Joined;
        if (m_listed && joined)
            m_rooms.countIn(made->roomId());
        else if (joined || made->state() == Conversation::State::Out)
            refreshRooms();
    });
    made->join();
    return made;
}

} // namespace chat
