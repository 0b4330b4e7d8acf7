#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace dialogue::cli {

/** One thing that a server's HTTP API does, as its OpenAPI document says. */
struct ApiOperation
{
    QString id; ///< operationId
    QByteArray method; ///< "GET"
    QString path; ///< "/rooms/{roomId}"
    QString summary;
    QJsonObject object; ///< All that the document says of it.
};

/** In the order of their paths; a stranger's document may have none, or half of one. */
[[nodiscard]] QList<ApiOperation> operationsOf(const QJsonObject &document);

/** What is sent for it. */
struct ApiRequest
{
    QByteArray method;
    QString path; ///< With the query, below the API's own.
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {}; ///< JSON; empty: there is none.
};

/**
 * \a operation with \a words, each "name=value": a value is text where the document says so, and JSON where
 * it does not. \a body: an object in place of what would be put together from words. The Error names the word
 * that is not known, is no value of its kind, or is missing.
 */
[[nodiscard]] Result<ApiRequest> apiRequest(const ApiOperation &operation, const QStringList &words,
                                            const std::optional<QByteArray> &body = {});

} // namespace dialogue::cli
