#include "server/http/httpparser.h"

#include "server/http/contentcoding.h"
#include "server/http/problem.h"
#include "server/http/requesttarget.h"

#include <QDateTime>
#include <QLocale>

// The only place that sees Beast, which is slow to compile.
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace dialogue {

namespace http = boost::beast::http;

namespace {

constexpr qsizetype LikelyFields = 12;
constexpr qsizetype LongestChunkHeader = 16384; ///< Chunk extensions have no use here, and need a bound.

QByteArray toBytes(boost::beast::string_view view) { return {view.data(), qsizetype(view.size())}; }

HttpRefusal refusalOf(const boost::beast::error_code &error)
{
    if (error == http::error::header_limit)
        return {431, "The request head is too large"};
    if (error == http::error::body_limit)
        return {413, "The request body is too large"};
    if (error == http::error::bad_version)
        return {505, "The HTTP version is not supported"};
    return {400, "The request is malformed: " + QByteArray::fromStdString(error.message())};
}

constexpr std::string_view LastChunk = "0\r\n\r\n";

/** Checks that need no parsing; gives the end of the head, 0 while it has not come, -1 when it is no HTTP. */
qsizetype findEndOfHead(QByteArrayView bytes)
{
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (c == '\0')
            return -1;
        if (c != '\n')
            continue;
        if (i == 0 || bytes[i - 1] != '\r')
            return -1; // A bare LF ends a line for some servers and not for others.
        if (i >= 3 && bytes[i - 2] == '\n')
            return i + 1;
        if (i + 1 < bytes.size() && (bytes[i + 1] == ' ' || bytes[i + 1] == '\t'))
            return -1; // A folded line (RFC 9112, section 5.2).
    }
    return 0;
}

/** Splits the target into authority, path and query; false when it is of no form we serve. */
bool splitTarget(HttpRequest &request)
{
    const std::optional<RequestTarget> target = parseRequestTarget(request.target);
    if (!target || (target->path == "*" && request.method != "OPTIONS"))
        return false;
    // It stands above the Host header (RFC 9112, section 3.2.2).
    request.authority = target->authority.toByteArray();
    request.query = HttpQuery(target->query.toByteArray());
    request.path = target->path == "*" ? QByteArray() : percentDecoded(target->path);
    return !request.path.contains('\0');
}

/** What Beast lets pass and two servers may read differently. */
std::optional<HttpRefusal> checkFields(const HttpHeaders &headers, bool atLeast11)
{
    const auto hosts = headers.count("Host");
    if (hosts > 1 || (hosts == 0 && atLeast11))
        return HttpRefusal{400, "Exactly one Host header is expected"};
    const auto lengths = headers.count("Content-Length");
    const auto encodings = headers.count("Transfer-Encoding");
    if (lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0))
        return HttpRefusal{400, "Content-Length or Transfer-Encoding once, not both, is expected"};
    if (encodings > 0 && !atLeast11)
        return HttpRefusal{400, "Transfer-Encoding needs HTTP/1.1"};
    if (encodings > 0 && headers.value("Transfer-Encoding").compare("chunked", Qt::CaseInsensitive) != 0)
        return HttpRefusal{501, "Of the transfer encodings only chunked is supported"};
    return std::nullopt;
}

/** Beast's parser without the container it comes with, which would copy each field once more. */
class HeadParser final : public http::basic_parser<true>
{
public:
    HttpRequest request;
    bool atLeast11 = false; ///< HTTP/1.1

private:
    using Code = boost::beast::error_code;
    using View = boost::beast::string_view;

    void on_request_impl(http::verb, View method, View target, int version, Code &error) override
    {
        request.method = toBytes(method);
        request.target = toBytes(target);
        atLeast11 = version >= 11;
        error = {};
    }
    void on_field_impl(http::field, View name, View value, Code &error) override
    {
        request.headers.append({name.data(), qsizetype(name.size())},
                               {value.data(), qsizetype(value.size())});
        error = {};
    }
    void on_header_impl(Code &error) override { error = {}; }
    // It is told of a head only.
    void on_response_impl(int, View, int, Code &error) override { error = {}; }
    void on_body_init_impl(const boost::optional<std::uint64_t> &, Code &error) override { error = {}; }
    std::size_t on_body_impl(View body, Code &error) override
    {
        error = {};
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, View, Code &error) override { error = {}; }
    std::size_t on_chunk_body_impl(std::uint64_t, View body, Code &error) override
    {
        error = {};
        return body.size();
    }
    void on_finish_impl(Code &error) override { error = {}; }
};

/** A line break from somebody's data must not become a header of its own. */
QByteArray &appendSafely(QByteArray &bytes, QByteArrayView text)
{
    std::copy_if(text.begin(), text.end(), std::back_inserter(bytes),
                 [](char c) { return c != '\r' && c != '\n' && c != '\0'; });
    return bytes;
}

/** Without what says how long the body is, and the line behind the last field. */
QByteArray headOf(const HttpResponse &response)
{
    QByteArray bytes;
    bytes.reserve(256 + response.body.size());
    bytes.append("HTTP/1.1 ").append(QByteArray::number(response.status)).append(' ');
    bytes.append(toBytes(http::obsolete_reason(http::int_to_status(unsigned(response.status)))))
        .append("\r\n");
    for (const auto &[name, value] : response.headers.fields())
        appendSafely(appendSafely(bytes, name).append(": "), value).append("\r\n");
    if (!response.headers.contains("Date")) {
        bytes.append("Date: ");
        bytes.append(
            QLocale::c()
                .toString(QDateTime::currentDateTimeUtc(), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
                .toLatin1());
        bytes.append("\r\n");
    }
    return bytes;
}

} // namespace

std::variant<NeedMore, HttpHead, HttpRefusal> parseHttpHead(QByteArrayView bytes, qsizetype maxHeaderSize)
{
    // An empty line before a request is to be ignored (RFC 9112, section 2.2).
    const qsizetype emptyLine = bytes.startsWith("\r\n") ? 2 : 0;
    const QByteArrayView rest = bytes.sliced(emptyLine);
    const qsizetype end = findEndOfHead(rest.first(std::min(rest.size(), maxHeaderSize)));
    if (end < 0)
        return HttpRefusal{400, "The request is malformed"};
    if (end == 0 && rest.size() >= maxHeaderSize)
        return HttpRefusal{431, "The request head is too large"};
    if (end == 0)
        return NeedMore{};

    HeadParser parser;
    parser.request.headers.reserve(end, LikelyFields);
    parser.eager(false);
    parser.header_limit(std::uint32_t(end + 1));
    parser.body_limit(
        std::numeric_limits<std::uint64_t>::max()); // Judged by HttpBodyParser. (none: refuses all)
    boost::beast::error_code error;
    for (std::size_t used = 0; !parser.is_header_done() && !error;)
        used += parser.put({rest.data() + used, std::size_t(end) - used}, error);
    if (error)
        return refusalOf(error);
    if (const auto refusal = checkFields(parser.request.headers, parser.atLeast11))
        return *refusal;

    HttpHead head;
    head.size = emptyLine + end;
    head.request = std::move(parser.request);
    if (!splitTarget(head.request))
        return HttpRefusal{400, "The request target is malformed"};
    if (parser.chunked())
        head.contentLength = -1;
    else if (const auto length = parser.content_length()) {
        if (*length > quint64(std::numeric_limits<qint64>::max()))
            return HttpRefusal{413, "The request body is too large"};
        head.contentLength = qint64(*length);
    }
    head.keepAlive = parser.keep_alive();
    const HttpHeaders &headers = head.request.headers;
    head.expectsContinue = parser.atLeast11 && headers.hasToken("Expect", "100-continue");
    head.upgradesToWebSocket = parser.atLeast11 && head.request.method == "GET"
        && headers.hasToken("Connection", "upgrade") && headers.hasToken("Upgrade", "websocket");
    return head;
}

struct HttpBodyParser::Private
{
    qint64 limit = 0;
    qint64 length = 0; ///< -1: chunked.
    QByteArray body;
    std::unique_ptr<http::request_parser<http::string_body>> chunked;
};

HttpBodyParser::HttpBodyParser(const HttpHead &head, qint64 limit)
    : d(std::make_unique<Private>())
{
    d->limit = limit;
    d->length = head.contentLength;
    if (d->length >= 0)
        return;
    d->chunked = std::make_unique<http::request_parser<http::string_body>>();
    d->chunked->eager(false);
    d->chunked->header_limit(std::uint32_t(LongestChunkHeader));
    d->chunked->body_limit(std::uint64_t(limit));
    // The real head is judged and gone; the parser needs one to know that chunks follow.
    static constexpr boost::beast::string_view Head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    boost::beast::error_code error;
    for (std::size_t used = 0; !d->chunked->is_header_done() && !error;)
        used += d->chunked->put({Head.data() + used, Head.size() - used}, error);
}

HttpBodyParser::~HttpBodyParser() = default;
HttpBodyParser::HttpBodyParser(HttpBodyParser &&) noexcept = default;
HttpBodyParser &HttpBodyParser::operator=(HttpBodyParser &&) noexcept = default;

std::variant<qsizetype, HttpRefusal> HttpBodyParser::consume(QByteArrayView bytes)
{
    if (!d->chunked) {
        if (d->length > d->limit)
            return HttpRefusal{413, "The request body is too large"};
        const qsizetype taken = qsizetype(std::min<qint64>(bytes.size(), d->length - d->body.size()));
        d->body.append(bytes.first(taken));
        return taken;
    }
    std::size_t used = 0;
    // At least the last chunk is still to come; with less than that in hand Beast trips over its own
    // assertion.
    while (!isDone() && std::size_t(bytes.size()) - used >= LastChunk.size()) {
        boost::beast::error_code error;
        used += d->chunked->put({bytes.data() + used, std::size_t(bytes.size()) - used}, error);
        if (error == http::error::need_more) {
            // All of a body was taken: what is left is of a header.
            if (bytes.size() - qsizetype(used) >= LongestChunkHeader)
                return HttpRefusal{400, "The request is malformed: a chunk's header is too large"};
            break;
        }
        if (error)
            return refusalOf(error);
    }
    return qsizetype(used);
}

bool HttpBodyParser::isDone() const
{
    return d->chunked ? d->chunked->is_done() : d->body.size() == d->length;
}

bool HttpBodyParser::mayFit() const { return d->length <= d->limit; }

QByteArray HttpBodyParser::takeBody()
{
    return d->chunked ? QByteArray::fromStdString(d->chunked->get().body()) : std::move(d->body);
}

HttpResponse answerTo(const HttpRefusal &refusal, QByteArrayView path)
{
    HttpResponse response = refusalAt(path, refusal.status, refusal.reason);
    response.close = true;
    return response;
}

QByteArray serializeHttpResponse(const HttpResponse &response, QByteArrayView method, bool keepAlive)
{
    const bool mayHaveBody = response.status >= 200 && response.status != 204 && response.status != 304;
    QByteArray bytes = headOf(response);
    QByteArray body = response.body;
    if (response.gzip && mayHaveBody && isWorthGzip(body.size())) {
        if (QByteArray smaller = gzipped(body); !smaller.isEmpty()) {
            body = std::move(smaller);
            bytes.append("Content-Encoding: gzip\r\n");
        }
    }
    if (mayHaveBody && !response.headers.contains("Content-Length"))
        bytes.append("Content-Length: ").append(QByteArray::number(body.size())).append("\r\n");
    if (!response.headers.contains("Connection"))
        bytes.append(keepAlive ? "Connection: keep-alive\r\n" : "Connection: close\r\n");
    bytes.append("\r\n");
    if (mayHaveBody && method != QByteArrayView("HEAD"))
        bytes.append(body);
    return bytes;
}

QByteArray serializeStreamHead(const HttpResponse &response)
{
    return headOf(response).append("Connection: close\r\n\r\n").append(response.body);
}

} // namespace dialogue
