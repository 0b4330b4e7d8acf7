#pragma once

#include "core/base/result.h"
#include "server/http/httpmessage.h"
#include "server/tcp/needmore.h"

#include <memory>
#include <variant>

namespace dialogue {

/** Why a request is refused, as an HTTP status: 400, 413, 431, 501 or 505. */
struct HttpRefusal
{
    int status = 400;
    QByteArray reason; ///< For the peer; one line.
};

/** The last answer on its connection, to a request for \a path, as far as it is known. */
[[nodiscard]] HttpResponse answerTo(const HttpRefusal &refusal, QByteArrayView path);

/** The head of a request and what follows from it. */
struct HttpHead
{
    HttpRequest request; ///< Without body and peer.
    qsizetype size = 0; ///< Bytes of the head on the wire.
    qint64 contentLength = 0; ///< -1: chunked.
    bool keepAlive = false; ///< After the answer (RFC 9112, section 9.3).
    bool expectsContinue = false;
    bool upgradesToWebSocket = false; ///< RFC 6455, section 4.2.1, as far as the Upgrade header is concerned.
};

/**
 * The head at the front of \a bytes, of which nothing is consumed; strict where leniency lets two servers
 * disagree on where a request ends (RFC 9112, section 11.2): bare LF, folded lines, NUL, both lengths, double
 * lengths are refused.
 */
std::variant<NeedMore, HttpHead, HttpRefusal> parseHttpHead(QByteArrayView bytes, qsizetype maxHeaderSize);

/** Reads one request's body, of known length or chunked, up to a limit. */
class HttpBodyParser
{
public:
    /** \a head must have a body: contentLength != 0. */
    HttpBodyParser(const HttpHead &head, qint64 limit);
    ~HttpBodyParser();
    HttpBodyParser(HttpBodyParser &&) noexcept;
    HttpBodyParser &operator=(HttpBodyParser &&) noexcept;

    /** Takes what belongs to the body from the front of \a bytes; how many bytes that were. */
    std::variant<qsizetype, HttpRefusal> consume(QByteArrayView bytes);
    [[nodiscard]] bool isDone() const;
    [[nodiscard]] bool mayFit() const; ///< Its length, where it is known, is within the limit.
    [[nodiscard]] QByteArray takeBody();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/** The bytes of an answer to a request with \a method; \a keepAlive is what the Connection header will say.
 */
QByteArray serializeHttpResponse(const HttpResponse &response, QByteArrayView method, bool keepAlive);

/** Of one whose body ends with its connection (RFC 9112, section 6.3): the head, and what of the body is
 * there.
 */
QByteArray serializeStreamHead(const HttpResponse &response);

} // namespace dialogue
