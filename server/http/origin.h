#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace dialogue {

/** "example.org:8080", as a Host header or an origin has it; lower case. */
struct Authority
{
    QByteArray host; ///< IPv6 in brackets.
    int port = 0; ///< 0: not told.
};
std::optional<Authority> parseAuthority(QByteArrayView text);

/** "8080": 1 to 65535. */
std::optional<int> parsePort(QByteArrayView text);

/** Whether the host is an address of IP. */
bool isAddress(const Authority &authority);

/** Where a page comes from, as an Origin header has it (RFC 6454, section 7); not "null". */
struct Origin
{
    QByteArray scheme; ///< Lower case.
    Authority authority; ///< With the scheme's own port where none was told; no host for "file://".
};
std::optional<Origin> parseOrigin(QByteArrayView text);

/**
 * Whether a page of \a origin is one of the server's that the client reached as \a host. Both may leave out
 * the default port or not; \a unnamedPort is one more that may be meant where \a host names none, or
 * HttpRequest::AnyPort.
 * The scheme is not compared, as behind a proxy ours is not known for sure; but the page must have come by
 * HTTP.
 */
bool isSameOrigin(const Origin &origin, QByteArrayView host, int unnamedPort = 0);

/** A name of DNS in which "*" stands for one or more characters of a label, or a literal host. */
class HostPattern
{
public:
    HostPattern() = default;
    /** \a host may have capitals, and characters beyond ASCII. ConfigError where nothing can match it. */
    static Result<HostPattern> parse(const QString &host);
    /** What is wrong with \a host; empty: nothing. */
    static QString problem(const QString &host);

    [[nodiscard]] bool matches(const QByteArray &host) const;
    [[nodiscard]] bool isAnything() const { return m_labels == QList<QByteArray>{"*"}; }

private:
    QList<QByteArray> m_labels;
};

/** One item of a list of origins: "https://app-*.example.org", "http://localhost:*", "file://", "null". */
class OriginPattern
{
public:
    /** ConfigError where it is none, or nothing can match it, with what to write. "*" is not one. */
    static Result<OriginPattern> parse(const QString &text);
    /** What is wrong with \a text in such a list, where "*" stands for any; empty: nothing. */
    static QString problem(const QString &text);

    /** \a text: of an Origin header; \a origin: the same, where it could be read. */
    [[nodiscard]] bool matches(QByteArrayView text, const std::optional<Origin> &origin) const;

private:
    bool m_null = false;
    QByteArray m_scheme;
    std::optional<HostPattern> m_host; ///< Nothing: no host, as of "file://".
    std::optional<int> m_port; ///< Nothing: any.
};

} // namespace dialogue
