#include "server/http/problem.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

QJsonArray toJson(const QList<SchemaFault> &faults)
{
    QJsonArray all;
    for (const SchemaFault &fault : faults) {
        QJsonObject each{{u"path"_s, fault.path}, {u"rule"_s, fault.rule}, {u"message"_s, fault.message}};
        if (!fault.pointer.isNull())
            each.insert(u"pointer"_s, fault.pointer);
        all.append(each);
    }
    return all;
}

/** Of those by which HTTP itself refuses. */
ErrorCode codeOf(int status)
{
    switch (status) {
    case 403:
        return ErrorCode::PermissionDenied;
    case 404:
        return ErrorCode::NotFound;
    case 408:
        return ErrorCode::Timeout;
    case 413:
    case 431:
        return ErrorCode::PayloadTooLarge;
    default:
        return status >= 500 && status != 505 ? ErrorCode::Unavailable : ErrorCode::InvalidRequest;
    }
}

QString titleOf(int status)
{
    switch (status) {
    case 405:
        return u"That is not done there"_s;
    case 408:
        return u"The request did not come in time"_s;
    case 415:
        return u"The body is in a form that is not taken"_s;
    case 421:
        return u"Another server is asked"_s;
    case 431:
        return u"The head of the request is too large"_s;
    case 500:
        return u"The server failed"_s;
    default:
        return u"The request cannot be served"_s;
    }
}

} // namespace

ProblemKind problemKindOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::InvalidRequest:
    case ErrorCode::ParseError:
        return {400, u"The request is malformed"_s};
    case ErrorCode::ValidationFailed:
        return {422, u"The data does not fit the schema"_s};
    case ErrorCode::Unauthorized:
    case ErrorCode::TokenExpired:
        return {401, u"The credential is missing or not valid"_s};
    case ErrorCode::PermissionDenied:
    case ErrorCode::JoinDenied:
    case ErrorCode::EventNotAllowed:
    case ErrorCode::EventBlocked:
        return {403, u"That is not allowed"_s};
    case ErrorCode::RoomNotFound:
        return {404, u"There is no such room"_s};
    case ErrorCode::NotFound:
    case ErrorCode::NotInRoom:
        return {404, u"It is not there"_s};
    case ErrorCode::RoomExists:
        return {409, u"There is such a room already"_s};
    case ErrorCode::PayloadTooLarge:
        return {413, u"That is too large"_s};
    case ErrorCode::RateLimited:
        return {429, u"Too many requests"_s, true};
    case ErrorCode::RoomFull:
    case ErrorCode::LimitReached:
        return {503, u"There is no place now"_s, true};
    case ErrorCode::ServerDraining:
    case ErrorCode::Unavailable:
        return {503, u"The server is not available now"_s, true};
    case ErrorCode::Timeout:
        return {504, u"There was no answer in time; whether it was done is not known"_s};
    default:
        return {403, u"That is refused"_s};
    }
}

HttpResponse problem(const Error &error) { return problem(error, problemKindOf(error)); }

HttpResponse problem(const Error &error, const ProblemKind &kind)
{
    QJsonObject told{{u"type"_s, u"about:blank"_s},
                     {u"title"_s, kind.title},
                     {u"status"_s, kind.status},
                     {u"detail"_s, error.text()},
                     {u"code"_s, QString::fromLatin1(codeName(error.code))}};
    if (!error.path.isEmpty())
        told.insert(u"path"_s, error.path);
    if (error.retryAfter)
        told.insert(u"retryAfter"_s, error.retryAfterMs());
    if (!error.faults.isEmpty())
        told.insert(u"errors"_s, toJson(error.faults));
    HttpResponse response = HttpResponse::json(told, kind.status);
    response.headers = {};
    response.headers.append("Content-Type", "application/problem+json");
    response.headers.append("Cache-Control", "no-store");
    if (kind.isForNow && error.retryAfter) {
        const qint64 seconds = std::max<qint64>(1, (error.retryAfterMs() + 999) / 1000);
        response.headers.append("Retry-After", QByteArray::number(seconds));
    }
    if (kind.status == 401) {
        response.headers.append("WWW-Authenticate",
                                error.code == ErrorCode::TokenExpired ? "Bearer error=\"invalid_token\""
                                                                      : "Bearer");
    }
    return response;
}

bool isForPrograms(QByteArrayView path)
{
    // Who puts a path together from parts has a slash too many, and is a program all the same.
    while (path.startsWith("//"))
        path = path.sliced(1);
    return path == QByteArrayView("/api") || path.startsWith("/api/");
}

HttpResponse refusalAt(QByteArrayView path, int status, const QByteArray &text)
{
    if (!isForPrograms(path))
        return HttpResponse::text(text + '\n', status);
    const Error error{codeOf(status), QString::fromUtf8(text)};
    ProblemKind kind = problemKindOf(error);
    if (kind.status != status)
        kind = {status, titleOf(status)};
    return problem(error, kind);
}

} // namespace dialogue
