#pragma once

#include "cli/base/style.h"
#include "core/protocol/admin/eventbatch.h"

#include <QJsonArray>
#include <QJsonObject>

namespace dialogue::cli {

/** A column of a table: the member of a row, and what stands above it. */
struct AdminColumn
{
    QString key;
    QString title;
};

/** Rows of `admin:list` as a table, of those columns that any of them has. */
[[nodiscard]] QByteArray adminTable(const QJsonArray &rows, const QList<AdminColumn> &columns,
                                    const Style &style);
/** The members of an object, in lines. */
[[nodiscard]] QByteArray adminFields(const QJsonObject &object, const Style &style);
/** Of a dry run with a filter how many it would reach, and the first of them. */
[[nodiscard]] QByteArray foundText(const QJsonObject &reply, const Style &style);
/** Of what was done with a filter how much, and why the rest was not. */
[[nodiscard]] QByteArray doneText(const QJsonObject &reply, const Style &style);
/** Each value in a line, of JSON. */
[[nodiscard]] QByteArray adminJson(const QJsonArray &rows);

/** Rows of a log that is followed, in a line each, and how many are not shown. */
[[nodiscard]] QByteArray logLines(const QJsonObject &batch, const QList<AdminColumn> &columns,
                                  const Style &style);
[[nodiscard]] QByteArray logJson(const QJsonObject &batch);

/** What of a batch is to be seen: its events, in a line each, and how many are not shown. */
[[nodiscard]] QByteArray batchLines(const protocol::admin::EventBatch &batch, const Style &style);
[[nodiscard]] QByteArray batchJson(const protocol::admin::EventBatch &batch);

} // namespace dialogue::cli
