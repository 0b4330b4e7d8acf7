#pragma once

#include "core/base/result.h"
#include "server/export.h"
#include "server/tcp/noaddress.h"
#include "server/tcp/peercertificate.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>

#include <initializer_list>
#include <utility>

namespace dialogue {

/** Header fields in order; names compare without regard to case (RFC 9110, section 5.1). */
class DIALOGUE_SERVER_EXPORT HttpHeaders
{
public:
    using Field = std::pair<QByteArrayView, QByteArrayView>; ///< Name and value.

    void append(QByteArrayView name, QByteArrayView value);
    void reserve(qsizetype bytes, qsizetype fields); ///< For all that will be appended.
    [[nodiscard]] QByteArray value(QByteArrayView name) const; ///< The first field of that name, or empty.
    /** All fields of that name as one list, with commas between them (RFC 9110, section 5.3). */
    [[nodiscard]] QByteArray joined(QByteArrayView name) const;
    [[nodiscard]] bool contains(QByteArrayView name) const { return count(name) > 0; }
    [[nodiscard]] qsizetype count(QByteArrayView name) const; ///< How many fields have that name.
    [[nodiscard]] bool hasToken(QByteArrayView name,
                                QByteArrayView token) const; ///< In a comma-separated list.
    [[nodiscard]] bool isEmpty() const { return m_places.isEmpty(); }
    [[nodiscard]] QList<Field> fields() const; ///< Views, until the next append().

private:
    /** Where a field's name and value end in m_text; they begin where the one before ends. */
    struct Place
    {
        quint32 middle;
        quint32 end;
    };
    [[nodiscard]] Field at(qsizetype index) const;

    QByteArray m_text; ///< Of all: a string for each name and value would be most of what a request costs.
    QList<Place> m_places;
};

/** What follows the question mark of a target, read where it is asked for: QUrlQuery makes strings of all its
 * items for each request. */
class DIALOGUE_SERVER_EXPORT HttpQuery
{
public:
    HttpQuery() = default;
    explicit HttpQuery(const QByteArray &text)
        : m_text(text)
    { }

    [[nodiscard]] const QByteArray &text() const { return m_text; } ///< As sent.
    /** The first item of that name, percent-decoded; empty where there is none. */
    [[nodiscard]] QByteArray value(QByteArrayView name) const;

private:
    QByteArray m_text;
};

struct DIALOGUE_SERVER_EXPORT HttpRequest
{
    QByteArray method; ///< "GET"
    QByteArray target; ///< As sent: "/a/b?c=d"
    QByteArray path; ///< Percent-decoded, without the query.
    HttpQuery query;
    HttpHeaders headers;
    QByteArray body;
    /** The client's: of the connection, or what a proxy of `trustedProxies` says it is. Null where it is not
     * known, as of a Unix socket's peer. */
    QHostAddress peerAddress = noAddress();
    bool secure = false; ///< The client uses TLS, as far as is known: a proxy of `trustedProxies` says so.
    /** What the client has shown to this server itself; null: nothing. */
    PeerCertificatePtr certificate = {};
    bool ofConsole = false; ///< It came in by admin.port, where there is one.
    QByteArray authority = {}; ///< See host(); empty: the Host header's.
    /** That of host() may be this where host() names none, as a proxy of `trustedProxies` says; AnyPort where
     * such a proxy says nothing of the host, and may have left the port out of the Host header. */
    int unnamedPort = 0;
    static constexpr int AnyPort = -1;
    QList<std::pair<QByteArray, QByteArray>> parameters; ///< ":id" in a route's pattern.

    [[nodiscard]] QByteArray parameter(QByteArrayView name) const;
    /** "example.org:8080" as the client asked for it: what a proxy of `trustedProxies` says, else the Host
     * header. */
    [[nodiscard]] QByteArray host() const { return authority.isEmpty() ? headers.value("Host") : authority; }
    /** The client takes bodies that are compressed by gzip (RFC 9110, section 12.5.3). */
    [[nodiscard]] bool acceptsGzip() const;
    /** The body as JSON, whatever Content-Type says; ParseError, with the place, where it is none, or where
     * Content-Encoding says that it is compressed. */
    [[nodiscard]] Result<QJsonValue> json() const;
};

struct DIALOGUE_SERVER_EXPORT HttpResponse
{
    int status = 200;
    HttpHeaders headers = {};
    QByteArray body = {};
    bool close = false; ///< Close the connection after this answer.
    /** The body may go compressed by gzip, which the client takes: see HttpRequest::acceptsGzip(). It is done
     * where the answer is sent, in the thread of its connection, and where it is worth it. */
    bool gzip = false;

    static HttpResponse text(const QByteArray &body, int status = 200);
    static HttpResponse html(const QByteArray &body, int status = 200);
    static HttpResponse json(const QJsonObject &object, int status = 200);
    static HttpResponse json(const QJsonArray &array, int status = 200);
    /** An object: `HttpResponse::json({{u"ok"_s, true}})`. */
    static HttpResponse json(std::initializer_list<std::pair<QString, QJsonValue>> members, int status = 200);
    static HttpResponse of(int status, const QByteArray &contentType, const QByteArray &body);
};

} // namespace dialogue
