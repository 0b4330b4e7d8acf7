#pragma once

#include <QByteArray>
#include <QPointer>
#include <QWebSocket>

namespace dialogue::qtwebsockets {

/**
 * What of all that a QWebSocket was given its client has not taken, as far as can be told from outside.
 *
 * Without TLS that is its bytesToWrite(): what the kernel did not take. With TLS that counts nothing, for a
 * QSslSocket encrypts at once whatever it is given, and keeps it without a bound; there pings between the
 * data tell (RFC 6455, section 5.5.2): who has answered one has read what was sent before it. What they carry
 * cannot be guessed, so nobody can say so who has not.
 */
class UnsentBytes
{
public:
    /** With TLS: so much may be on its way, and more makes a slow reader. */
    static constexpr qint64 Window = 262144;
    /** With TLS: so much is not worth a ping. */
    static constexpr qint64 Few = 32768;

    UnsentBytes(QWebSocket *socket, bool isSecure)
        : m_socket(socket)
        , m_isSecure(isSecure)
    { }

    /** So much was given to it. */
    void given(qint64 bytes)
    {
        if (m_isSecure)
            m_given += bytes;
    }
    /** Writes as much as can be written now. */
    void flush();
    /** Its pong came. */
    void answered(const QByteArray &payload);

    [[nodiscard]] qint64 bytes() const;
    /** It takes no more for now: after flush(). */
    [[nodiscard]] bool isMuch() const { return bytes() > (m_isSecure ? Window : 0); }

private:
    void ask();

    QPointer<QWebSocket> m_socket;
    bool m_isSecure;
    qint64 m_given = 0; ///< And not known to have been read.
    qint64 m_asked = 0; ///< Of those, up to the ping that was sent last.
    QByteArray m_ping; ///< What that carries; empty: none is on its way.
};

} // namespace dialogue::qtwebsockets
