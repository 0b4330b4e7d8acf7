#include "console/model/toldfigures.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr double LargestFigure = 1e15; // Beyond it no counter of a server counts; and no axis shows it.
constexpr double LatestTime = 1e14; // In some 3,000 years.

float figureOf(const QJsonValue &json)
{
    const double value = json.toDouble(-1);
    return value >= 0 && value <= LargestFigure ? float(value) : std::numeric_limits<float>::quiet_NaN();
}

qint64 momentOf(const QJsonValue &json)
{
    const double time = json.toDouble(-1);
    return time > 0 && time < LatestTime ? qint64(time) : 0;
}

} // namespace

Result<ToldFigures> ToldFigures::readPast(const QJsonObject &json)
{
    if (!json[u"times"_s].isArray() || !json[u"series"_s].isObject()) {
        return Error{ErrorCode::ProtocolViolation, u"the server's past figures are no table"_s, u"times"_s};
    }
    const QJsonArray times = json[u"times"_s].toArray();
    const QJsonObject columns = json[u"series"_s].toObject();
    ToldFigures told;
    std::vector<QJsonArray> values;
    for (auto it = columns.begin(); it != columns.end() && told.series.size() < MostSeries; ++it) {
        if (it.key().size() > MostNameLength)
            continue;
        told.series.append(it.key());
        values.push_back(it->toArray());
    }
    const auto count = std::min(times.size(), qsizetype(MostRows));
    told.rows.reserve(std::size_t(count));
    for (qsizetype i = 0; i < count; ++i) {
        const qint64 time = momentOf(times.at(i));
        if (time <= (told.rows.empty() ? 0 : told.rows.back().time))
            continue;
        Row row{time, {}};
        row.values.reserve(values.size());
        for (const QJsonArray &column : values)
            row.values.push_back(figureOf(column.at(i)));
        told.rows.push_back(std::move(row));
    }
    return told;
}

Result<ToldFigures> ToldFigures::readNewest(const QJsonObject &json)
{
    if (!json[u"values"_s].isObject())
        return Error{ErrorCode::ProtocolViolation, u"the server's figures have no values"_s, u"values"_s};
    ToldFigures told;
    Row row{momentOf(json[u"time"_s]), {}};
    const QJsonObject values = json[u"values"_s].toObject();
    for (auto it = values.begin(); it != values.end() && told.series.size() < MostSeries; ++it) {
        if (it.key().size() > MostNameLength)
            continue;
        told.series.append(it.key());
        row.values.push_back(figureOf(*it));
    }
    if (row.time > 0 && !row.values.empty())
        told.rows.push_back(std::move(row));
    return told;
}

} // namespace dialogue::console
