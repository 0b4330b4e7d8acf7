#pragma once

#include <dialogue/server/dialogue.h>

#include "testclient.h"

#include <QTest>

namespace dialogue::test {

/** The room most tests use. */
inline RoomConfig chat()
{
    return {.id = QStringLiteral("chat"),
            .name = QStringLiteral("Chat"),
            .events
            = {defineEvent(QStringLiteral("message"), Schema::object({{"text", Schema::string().min(1)}}))},
            .defaultSubscriptions = {QStringLiteral("message")}};
}

inline ServerConfig config(int workers) { return {.port = 0, .workers = workers, .rooms = {chat()}}; }

/** What a request says about \a room. */
inline QJsonObject in(const QString &room) { return {{QStringLiteral("roomId"), room}}; }

/** What \a user says on connecting. */
inline QJsonObject as(const QString &user) { return {{QStringLiteral("userId"), user}}; }

/** What is triggered to say \a text in the chat, and what somebody hears of it. */
inline QJsonObject saying(const QString &text)
{
    return {{QStringLiteral("roomId"), QStringLiteral("chat")},
            {QStringLiteral("event"), QStringLiteral("message")},
            {QStringLiteral("data"), QJsonObject{{QStringLiteral("text"), text}}}};
}
inline QString textOf(const TestClient::Event &event)
{
    return event.payload[QStringLiteral("data")][QStringLiteral("text")].toString();
}

/** The table of tests that run with workers and without. */
inline void workersTable()
{
    QTest::addColumn<int>("workers");
    QTest::newRow("in the hub") << 0;
    QTest::newRow("one io thread") << 1;
    QTest::newRow("three io threads") << 3;
}

} // namespace dialogue::test
