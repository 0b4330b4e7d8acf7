#pragma once

#include "testclient.h"

#include <QJsonDocument>

namespace dialogue::test {

/** Somebody in /admin. */
class AdminConsole
{
public:
    AdminConsole(quint16 port, const QJsonObject &auth)
        : m_client(port)
    {
        m_client.sendText("40/admin," + QJsonDocument(auth).toJson(QJsonDocument::Compact));
    }

    /** What it is told when it has come in; empty: it has not. */
    [[nodiscard]] QJsonObject hello()
    {
        return m_client.waitFor(QStringLiteral("admin:hello")).payload.toObject();
    }
    /** The code it is refused with. */
    [[nodiscard]] QString refusal()
    {
        return m_client.waitFor(QStringLiteral("connect_error"))
            .payload[QStringLiteral("data")][QStringLiteral("code")]
            .toString();
    }
    QJsonObject ask(const QByteArray &name, const QJsonObject &request)
    {
        m_client.sendText("42/admin," + QByteArray::number(++m_asked) + "[\"" + name + "\","
                          + QJsonDocument(request).toJson(QJsonDocument::Compact) + ']');
        return m_client.waitFor(QStringLiteral("ack")).payload.toObject();
    }
    /** "ok", or the code of the Error. */
    QString outcome(const QByteArray &name, const QJsonObject &request)
    {
        const QJsonObject ack = ask(name, request);
        return ack[QStringLiteral("ok")].toBool()
            ? QStringLiteral("ok")
            : ack[QStringLiteral("error")][QStringLiteral("code")].toString();
    }
    QString act(const QString &action, const QJsonObject &args)
    {
        return outcome("admin:do",
                       {{QStringLiteral("id"), QString::number(++m_asked)},
                        {QStringLiteral("action"), action},
                        {QStringLiteral("args"), args}});
    }
    [[nodiscard]] TestClient &client() { return m_client; }

private:
    TestClient m_client;
    int m_asked = 0;
};

} // namespace dialogue::test
