#pragma once

#include "server/qtwebsockets/acceptedwebsockets.h"
#include "tests/server/bridge/fakehub.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QWebSocketServer>

namespace dialogue::test {

/** Of nobody; for TLS in tests. */
inline QSslConfiguration selfSigned()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPrivateKey(QSslKey("-----BEGIN PRIVATE KEY-----\n"
                                        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQge/Dzy4IAHItxAIqE\n"
                                        "S4MV+ifq3OTwURARXVntFPfu0e+hRANCAATxiVlp26oSlMzNVAFsEhr2sC7ZHbgN\n"
                                        "y510+dBR5EwS3K8xauvoWfbdhCFDzetbOJhLONPT0OFSfv7d7bEwDp9d\n"
                                        "-----END PRIVATE KEY-----\n",
                                        QSsl::Ec));
    configuration.setLocalCertificate(
        QSslCertificate("-----BEGIN CERTIFICATE-----\n"
                        "MIIBfzCCASWgAwIBAgIUd8zLzU+f6PgDfRfw6joRz6UNry8wCgYIKoZIzj0EAwIw\n"
                        "FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTA4MTAwNVoYDzIxMjYxMTA1\n"
                        "MDgxMDA1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO\n"
                        "PQMBBwNCAATxiVlp26oSlMzNVAFsEhr2sC7ZHbgNy510+dBR5EwS3K8xauvoWfbd\n"
                        "hCFDzetbOJhLONPT0OFSfv7d7bEwDp9do1MwUTAdBgNVHQ4EFgQUYpohuZUjgEPb\n"
                        "ZSRMfXmgknL+hOcwHwYDVR0jBBgwFoAUYpohuZUjgEPbZSRMfXmgknL+hOcwDwYD\n"
                        "VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBYBn4/gTf2OOVPh1SFqLY0\n"
                        "1bQeOiOPFC0otz4ksJyEjwIhALdOaWMmAacAlbS6xvIOu/YbVASwR4WfjbWooYS6\n"
                        "5Nfp\n"
                        "-----END CERTIFICATE-----\n"));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

/** An application's QWebSocketServer, on a free port. */
class OwnServer : public QWebSocketServer
{
public:
    explicit OwnServer(bool secure = false)
        : QWebSocketServer(QStringLiteral("own"), secure ? SecureMode : NonSecureMode)
    {
        if (secure)
            setSslConfiguration(selfSigned());
        if (!listen(QHostAddress::LocalHost))
            qFatal("%s", qPrintable(errorString()));
    }
};

/** A hub whose clients come over an application's QWebSocketServer. */
struct OwnServerHub
{
    explicit OwnServerHub(int workers, const std::function<void(ServerConfig &)> &change = {},
                          bool secure = false)
        : hub(workers, change)
        , webSockets(*hub.gateway, maxPayload(change))
        , own(std::make_unique<OwnServer>(secure))
    {
        if (const auto served = webSockets.serve(own.get()); !served)
            qFatal("%s", qPrintable(served.error().text()));
    }
    static qint64 maxPayload(const std::function<void(ServerConfig &)> &change)
    {
        ServerConfig config;
        if (change)
            change(config);
        return config.engine.maxPayload;
    }
    [[nodiscard]] QUrl url() const
    {
        QUrl url = own->serverUrl();
        url.setPath(QStringLiteral("/any/path"));
        url.setQuery(QStringLiteral("EIO=4&transport=websocket"));
        return url;
    }

    FakeHub hub;
    qtwebsockets::AcceptedWebSockets webSockets;
    std::unique_ptr<OwnServer> own;
};

/** A client that CONNECTs, answers heartbeats, and remembers what else it is told. */
class OwnClient : public QObject
{
public:
    explicit OwnClient(const QUrl &url)
        : OwnClient(QNetworkRequest(url))
    { }
    explicit OwnClient(const QNetworkRequest &request)
    {
        connect(&socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
            if (text.startsWith(u'0'))
                socket.sendTextMessage(QStringLiteral("40"));
            else if (text == u"2" && answersPings)
                socket.sendTextMessage(QStringLiteral("3"));
            else if (text.startsWith(u"40"))
                joined = true;
            else
                texts.append(text);
        });
        connect(&socket, &QWebSocket::binaryMessageReceived, this,
                [this](const QByteArray &data) { binaries.append(data); });
        connect(&socket, &QWebSocket::disconnected, this, [this] { closed = true; });
        connect(&socket, &QWebSocket::sslErrors, &socket, [this] { socket.ignoreSslErrors(); });
        socket.open(request);
    }
    [[nodiscard]] bool waitUntilJoined()
    {
        return QTest::qWaitFor([this] { return joined || closed; }, 20000) && joined;
    }
    [[nodiscard]] bool waitUntilClosed()
    {
        return QTest::qWaitFor([this] { return closed; }, 20000);
    }
    void say(const QString &packet) { socket.sendTextMessage(packet); }

    QWebSocket socket;
    QStringList texts;
    QByteArrayList binaries;
    bool answersPings = true;
    bool joined = false;
    bool closed = false;
};

} // namespace dialogue::test
