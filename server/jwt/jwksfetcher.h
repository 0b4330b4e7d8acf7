#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <functional>

class QNetworkReply;

namespace dialogue::jwt {

/** For how long what an answer says may be used: `max-age` of its \a cacheControl (RFC 9111, section 5.2),
 * from five minutes to a day; without one five minutes. */
[[nodiscard]] std::chrono::seconds maxAgeOf(const QByteArray &cacheControl);

/**
 * Asks for a JWK Set at an https address: at the beginning, when what it has is too old, and when somebody
 * has come with a key that nobody knows; one question at a time. Nothing blocks. Hub's thread.
 */
class JwksFetcher : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 LargestSet = 65536; ///< Bytes.
    struct Times
    {
        std::chrono::milliseconds timeout = std::chrono::seconds(10); ///< For an answer.
        std::chrono::milliseconds pause = std::chrono::seconds(30); ///< From one question to the next.
    };
    using Fetched = std::function<void(Result<QByteArray> &&)>;

    /** \a caFile: see trustOf(); it is read with each question. */
    JwksFetcher(const QUrl &url, const QString &caFile, Times times, Fetched fetched);
    ~JwksFetcher() override;

    /** Somebody wants to know more than there is: true, where one is asked, now or since before; false: it
     * is too soon after the last. */
    bool refresh();
    /** What came of the last was no JWK Set: it is asked again as if it had failed. */
    void refuse();

private:
    void ask();
    void answered();
    void failed(const QString &what);
    void askIn(std::chrono::milliseconds time);

    const QUrl m_url;
    const QString m_caFile;
    const Times m_times;
    const Fetched m_fetched;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
    QDeadlineTimer m_next; ///< Before that nobody is asked.
    QTimer m_due;
};

} // namespace dialogue::jwt
