#include "console/overview/overviewtiles.h"

#include "console/charts/chartunit.h"
#include "console/charts/columnslayout.h"
#include "console/overview/thresholds.h"
#include "console/overview/tile.h"

#include <QCoreApplication>

#include <optional>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr int SparklineSeconds = 5 * 60;
/** A second of drops is over before anybody has looked; so it is said for some more. */
constexpr int JudgedSeconds = 10;

struct TileKind
{
    const char *label;
    ChartUnit unit;
    std::vector<QLatin1String> shown; ///< The last one as a sparkline.
    std::vector<QLatin1String> judged = {};
    std::optional<Place::Page> page = {}; ///< Else its chart.
};

const std::vector<TileKind> &tileKinds()
{
    static const std::vector<TileKind> Kinds{
        {QT_TRANSLATE_NOOP("OverviewTiles", "Connections"),
         ChartUnit::Number,
         {"connections"_L1},
         {},
         Place::Page::Clients},
        {QT_TRANSLATE_NOOP("OverviewTiles", "Rooms"),
         ChartUnit::Number,
         {"rooms"_L1},
         {},
         Place::Page::Rooms},
        {QT_TRANSLATE_NOOP("OverviewTiles", "Events"),
         ChartUnit::Rate,
         {"events"_L1},
         {},
         Place::Page::Events},
        {QT_TRANSLATE_NOOP("OverviewTiles", "Messages in"), ChartUnit::Rate, {"messagesIn"_L1}},
        {QT_TRANSLATE_NOOP("OverviewTiles", "Frames out"), ChartUnit::Rate, {"framesOut"_L1}},
        {QT_TRANSLATE_NOOP("OverviewTiles", "Refusals"),
         ChartUnit::Rate,
         {"refusals"_L1},
         {"rateLimited"_L1},
         Place::Page::Errors},
        {QT_TRANSLATE_NOOP("OverviewTiles", "Drops"),
         ChartUnit::Rate,
         {"framesDropped"_L1},
         {"framesDropped"_L1, "slowReaders"_L1},
         Place::Page::Clients},
        {QT_TRANSLATE_NOOP("OverviewTiles", "Waiting for readers"),
         ChartUnit::Bytes,
         {"sendQueueBytes"_L1},
         {},
         Place::Page::Clients},
        {QT_TRANSLATE_NOOP("OverviewTiles", "Waiting for the hub"),
         ChartUnit::Number,
         {"hubWaiting"_L1},
         {"hubWaiting"_L1, "hubWaitingBytes"_L1, "storeQueueBytes"_L1}},
        {QT_TRANSLATE_NOOP("OverviewTiles", "Hub turn, p50 / p99"),
         ChartUnit::Seconds,
         {"hubTurnMedian"_L1, "hubTurn99"_L1},
         {"hubTurn99"_L1}},
        {QT_TRANSLATE_NOOP("OverviewTiles", "Memory"), ChartUnit::Bytes, {"residentMemory"_L1}},
        {QT_TRANSLATE_NOOP("OverviewTiles", "Descriptors"),
         ChartUnit::Number,
         {"mostFiles"_L1, "openFiles"_L1},
         {"openFiles"_L1}},
    };
    return Kinds;
}

QString tileText(const TileKind &kind, const FiguresLog &log)
{
    QStringList texts;
    for (const QLatin1String series : kind.shown) {
        const std::optional<double> value = log.newest(QString(series));
        texts.append(value ? valueText(kind.unit, *value) : u"–"_s);
    }
    if (texts.count(u"–"_s) == texts.size())
        return u"–"_s;
    if (kind.shown.front() == "mostFiles"_L1)
        return QCoreApplication::translate("OverviewTiles", "%1 of %2").arg(texts.at(1), texts.at(0));
    if (texts.size() == 2 && texts.at(0).section(u' ', 1) == texts.at(1).section(u' ', 1))
        texts[0] = texts.at(0).section(u' ', 0, 0); // The unit once.
    return texts.join(u" / "_s);
}

QString leadsTo(const std::optional<Place::Page> &page)
{
    const auto text = [](const char *from) { return QCoreApplication::translate("OverviewTiles", from); };
    if (page == Place::Page::Rooms)
        return text(QT_TRANSLATE_NOOP("OverviewTiles", "Show the rooms"));
    if (page == Place::Page::Clients)
        return text(QT_TRANSLATE_NOOP("OverviewTiles", "Show the clients"));
    if (page == Place::Page::Events)
        return text(QT_TRANSLATE_NOOP("OverviewTiles", "Show the events"));
    if (page == Place::Page::Errors)
        return text(QT_TRANSLATE_NOOP("OverviewTiles", "Show the errors and limits"));
    return text(QT_TRANSLATE_NOOP("OverviewTiles", "Show the chart"));
}

} // namespace

OverviewTiles::OverviewTiles(QWidget *parent)
    : QWidget(parent)
{
    auto *const grid = new ColumnsLayout({.most = 12}, this);
    grid->setContentsMargins({});
    grid->setSpacing(8);
    for (const TileKind &kind : tileKinds()) {
        auto *const tile = new Tile(QCoreApplication::translate("OverviewTiles", kind.label));
        const QString series = kind.shown.back();
        tile->setObjectName(series);
        tile->setToolTip(leadsTo(kind.page));
        connect(tile, &Tile::clicked, this, [this, page = kind.page, series] {
            if (page)
                Q_EMIT wanted({*page});
            else
                Q_EMIT chartWanted(series);
        });
        grid->addWidget(tile);
        m_tiles.push_back(tile);
    }
}

void OverviewTiles::setFigures(const FiguresLog &log, bool isNow)
{
    const qint64 to = log.newestTime(FiguresLog::Resolution::Fine);
    const qint64 from = to - SparklineSeconds * qint64(1000);
    const FigureLookup most
        = [&log](QLatin1String series) { return log.mostOfLast(QString(series), JudgedSeconds); };
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        const TileKind &kind = tileKinds()[i];
        m_tiles[i]->setValue(tileText(kind, log), judged(kind.judged, most));
        m_tiles[i]->setPoints(log.points(QString(kind.shown.back()), FiguresLog::Resolution::Fine, from),
                              from, to);
        m_tiles[i]->setFaded(!isNow);
    }
}

} // namespace dialogue::console
