#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QStringList>

#include <vector>

namespace dialogue::console {

/**
 * Figures of one or more moments as a server tells them (docs/admin.md). What is no number, or none that a
 * figure could be, is NaN: not told. Of more series or moments than a server has, the first. Pure, in any
 * thread.
 */
struct ToldFigures
{
    static constexpr int MostSeries = 64;
    static constexpr int MostNameLength = 64;
    static constexpr std::size_t MostRows = 24 * 60 * 60 / 10;

    struct Row
    {
        qint64 time; ///< Milliseconds since the Unix epoch, by the server's clock; each later than the one
                     ///< before.
        std::vector<float> values; ///< One for each of series.
    };
    QStringList series = {};
    std::vector<Row> rows = {};

    /** The answer to `admin:get {what: "past"}`. ProtocolViolation where it is none. */
    [[nodiscard]] static Result<ToldFigures> readPast(const QJsonObject &json);
    /** `admin:stats`; without rows where the server has none yet. */
    [[nodiscard]] static Result<ToldFigures> readNewest(const QJsonObject &json);
};

} // namespace dialogue::console
