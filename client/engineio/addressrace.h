#pragma once

#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace dialogue::client {

/** In the order to try them in (RFC 8305, section 4): families take turns, else as the system sorted them. */
[[nodiscard]] QList<QHostAddress> inTurns(const QList<QHostAddress> &addresses);

/**
 * Connects to the addresses of a host, each a little after the one before or as soon as that one has failed,
 * until one answers ("Happy Eyeballs", RFC 8305, section 5). Where one family leads nowhere, that costs a
 * moment, and not a time-out for each address.
 */
class AddressRace : public QObject
{
    Q_OBJECT
public:
    /** Between two attempts (RFC 8305, section 8). */
    static constexpr std::chrono::milliseconds Stagger{250};
    /** Of one host; what DNS says has no end of its own. */
    static constexpr int MostAddresses = 16;

    AddressRace();
    ~AddressRace() override;

    /** From the event loop on. \a secure: TLS is to be spoken; the winner is a QSslSocket, in which nothing
     * is encrypted yet. */
    void start(const QList<QHostAddress> &addresses, quint16 port, bool secure);
    void stop();

Q_SIGNALS:
    /** \a address answers: the connection is there for the taking. The others are closed. */
    void won(const QHostAddress &address);
    /** None does; why the last one did not. */
    void lost(QAbstractSocket::SocketError error, const QString &text);

public:
    /** Or nothing, where it was taken already. */
    [[nodiscard]] std::unique_ptr<QTcpSocket> takeWinner() { return std::move(m_winner); }

private:
    void advance();
    void onConnected(QTcpSocket *runner);
    void tellWinner();
    void onFailed(QTcpSocket *runner);
    [[nodiscard]] std::unique_ptr<QTcpSocket> take(QTcpSocket *runner);

    QList<QHostAddress> m_waiting;
    quint16 m_port = 0;
    bool m_secure = false;
    std::vector<std::unique_ptr<QTcpSocket>> m_runners;
    std::unique_ptr<QTcpSocket> m_winner;
    QAbstractSocket::SocketError m_error = QAbstractSocket::UnknownSocketError; ///< Of the last that failed.
    QString m_errorText;
    QTimer m_next;
};

} // namespace dialogue::client
