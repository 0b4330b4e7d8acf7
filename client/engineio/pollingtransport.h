#pragma once

#include "client/engineio/transport.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <deque>

namespace dialogue::client {

/** Engine.IO over HTTP: one GET waits for packets, one POST at a time carries ours. */
class PollingTransport : public Transport
{
    Q_OBJECT
public:
    explicit PollingTransport(const ConnectionConfig &config);
    ~PollingTransport() override;

    void open() override;
    void begin(const engineio::Handshake &handshake) override;
    void send(const engineio::Packet &packet) override;
    void close() override;
    void abort() override;
    void setReading(bool reading) override;
    void comeToRest() override;
    void resume() override;
    [[nodiscard]] std::deque<engineio::Packet> takeWaiting() override;
    void check() override;
    [[nodiscard]] qint64 bytesWaiting() const override { return m_bytesWaiting; }

private:
    void tellRest();
    void poll();
    void post();
    /** None of \a batch, a body of \a size bytes, was taken; less at once may be. */
    void postInParts(const QList<engineio::Packet> &batch, qint64 size);
    /** Answers a server that wants the user and the password otherwise than introduced. */
    void answerChallenges();
    /** Whether Qt sends a request again as it was asked for a user and a password. */
    bool isChallenged();
    QNetworkReply *guard(QNetworkReply *reply);
    /** The body, or nothing after fail(). */
    std::optional<QByteArray> bodyOf(QNetworkReply *reply, qint64 sent = 0);
    void onPolled(QNetworkReply *reply);
    void fail(const QString &message);
    void fail(const ConnectionFailure &failure);
    /** A request to the session's url, at the address that it goes to. */
    [[nodiscard]] QNetworkRequest makeRequest() const;
    [[nodiscard]] bool hasAddress() const;
    /** The proxy reads the requests, rather than tunnelling them. */
    [[nodiscard]] bool isProxied(const QUrl &url) const;
    /** What the proxy wants to know, where requests are not tunnelled through it. */
    void introduce(QNetworkRequest &request) const;

    const ConnectionConfig &m_config;
    bool m_ended = false; ///< Silent from now on, but what waits may still go out.
    QByteArray m_sid;
    qint64 m_maxPayload = 1000000;
    std::deque<engineio::Packet> m_waiting;
    qint64 m_bytesWaiting = 0;
    bool m_posting = false;
    bool m_polling = false;
    bool m_reading = true;
    bool m_resting = false; ///< Or coming to it.
    bool m_answered = false; ///< A server that asked for the user and the password.
    bool m_introducedTwice = false; ///< The handshake was sent again.
    int m_challengesDue = 2; ///< Of the first poll and the first post, each over a connection of its own.
    QList<QSslError> m_sslErrors; ///< Those that were not borne.
    QNetworkAccessManager m_http; ///< After what its destructor's signals still look at.
};

} // namespace dialogue::client
