// What tables of live events and of rooms cost the thread that shows them.

#include "bench/console/eventsource.h"
#include "bench/console/lists.h"
#include "bench/console/turns.h"
#include "console/model/eventmodel.h"
#include "console/model/filteredeventmodel.h"
#include "core/filter/filter.h"
#include "process/arguments.h"

#include <QApplication>
#include <QEventLoop>
#include <QFile>
#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>

#include <cstdio>

using namespace dialogue;
using namespace dialogue::bench;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

namespace {

const Syntax Program{
    .name = u"dialogue-eventtable"_s,
    .operands = {},
    .summary = u"Measures the console's table of live events under load."_s,
    .details = {},
    .options = {{u"rate"_s, u"N"_s, u"events a second"_s, u"10000"_s},
                {u"seconds"_s, u"N"_s, u"for how long"_s, u"5"_s},
                {u"fill"_s, u"N"_s, u"events that are there before"_s, u"0"_s},
                {u"rows"_s, u"N"_s, u"that are kept"_s, u"1000000"_s},
                {u"filter"_s, u"TEXT"_s, u"that is set while events come, and timed afterwards"_s,
                 u"event == 'bid' && data.price > 990"_s},
                {u"models"_s, {}, u"without a view"_s},
                {u"rooms"_s, u"N"_s, u"measures a list of so many rooms instead"_s, u"0"_s},
                helpOption()},
};

void print(const QString &text) { std::printf("%s\n", qPrintable(text)); }

double milliseconds(qint64 microseconds) { return double(microseconds) / 1000; }

QString residentMegabytes()
{
    QFile statm(u"/proc/self/statm"_s);
    if (!statm.open(QIODevice::ReadOnly))
        return u"?"_s;
    constexpr qint64 PageSize = 4096;
    return QString::number(statm.readAll().split(' ').value(1).toLongLong() * PageSize / 1'000'000);
}

void printTurns(const QString &what, const Turns &turns)
{
    print(u"| %1 | %2 | %3 | %4 |"_s.arg(what)
              .arg(milliseconds(turns.percentile(50)), 0, 'f', 2)
              .arg(milliseconds(turns.percentile(95)), 0, 'f', 2)
              .arg(milliseconds(turns.longest()), 0, 'f', 2));
}

/** The table as the console has it: all sections fixed, following at the bottom. */
void show(QTableView &view, FilteredEventModel &model)
{
    view.setModel(&model);
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    view.setWordWrap(false);
    view.resize(1200, 800);
    view.show();
    QObject::connect(&model, &FilteredEventModel::rowsInserted, &view, &QTableView::scrollToBottom,
                     Qt::QueuedConnection);
}

class Load
{
public:
    Load(const Arguments &arguments, qint64 rows)
        : m_rate(int(arguments.wholeNumber(u"rate"_s, 20, 1'000'000).value()))
        , m_seconds(int(arguments.wholeNumber(u"seconds"_s, 1, 86'400).value()))
        , m_fill(arguments.wholeNumber(u"fill"_s, 0, 100'000'000).value())
        , m_source({.rows = rows})
        , m_model(m_source)
    {
        if (!arguments.isSet(u"models"_s)) {
            m_view = std::make_unique<QTableView>();
            show(*m_view, m_model);
        }
    }

    void fill()
    {
        constexpr int AtOnce = 10'000;
        EventMaker maker;
        for (qint64 made = 0; made < m_fill; made += AtOnce) {
            m_source.append(maker.batch(int(std::min<qint64>(AtOnce, m_fill - made))));
            m_source.flush();
            QCoreApplication::processEvents();
        }
    }

    /** Whether all of them are there afterwards. */
    bool run(const QString &what, const EventQuery &query)
    {
        m_model.setQuery(query);
        waitUntilFound();
        m_turns.clear();
        const quint64 before = m_source.log().endSeq();
        const quint64 expected = before + quint64(m_rate / 20) * 20 * quint64(m_seconds);
        QEventLoop loop;
        QObject::connect(&m_source, &EventModel::rowsInserted, &loop, [&] {
            if (m_source.log().endSeq() == expected)
                loop.quit();
        });
        const EventSource events(m_rate, m_seconds, [&](const EventBatch &batch) {
            QMetaObject::invokeMethod(
                &m_source, [this, batch] { m_source.append(batch); }, Qt::QueuedConnection);
        });
        loop.exec();
        waitUntilFound();
        printTurns(what, m_turns);
        return m_source.log().endSeq() == expected;
    }

    void timeQuery(const QString &what, const EventQuery &query)
    {
        m_turns.clear();
        const qint64 scanned = m_model.scanCpuMicroseconds();
        qint64 first = -1;
        QObject context;
        QObject::connect(&m_model, &FilteredEventModel::rowsInserted, &context, [&] {
            if (first < 0)
                first = m_model.scanCpuMicroseconds() - scanned;
        });
        m_model.setQuery(query);
        waitUntilFound();
        print(u"| %1 | %2 | %3 | %4 | %5 |"_s.arg(what)
                  .arg(m_model.rowCount())
                  .arg(milliseconds(std::max<qint64>(first, 0)), 0, 'f', 1)
                  .arg(milliseconds(m_model.scanCpuMicroseconds() - scanned), 0, 'f', 1)
                  .arg(milliseconds(m_turns.longest()), 0, 'f', 1));
    }

    void tellMemory()
    {
        print(u"%1 rows, %2 MB in segments, %3 MB resident"_s.arg(m_source.rowCount())
                  .arg(m_source.log().bytes() / 1'000'000)
                  .arg(residentMegabytes()));
    }

private:
    void waitUntilFound()
    {
        while (m_model.isScanning())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::processEvents();
    }

    int m_rate;
    int m_seconds;
    qint64 m_fill;
    EventModel m_source;
    FilteredEventModel m_model;
    std::unique_ptr<QTableView> m_view;
    Turns m_turns;
};

EventQuery queryOf(const Filter &filter, const QString &text = {})
{
    EventQuery query{.filter = filter};
    if (!text.isEmpty())
        query.texts.append(TextSearch(text));
    return query;
}

int measure(const Arguments &arguments)
{
    const Result<Filter> filter = Filter::parse(arguments.value(u"filter"_s));
    for (const auto &[option, least] :
         {std::pair(u"rate"_s, 20), std::pair(u"seconds"_s, 1), std::pair(u"fill"_s, 0)}) {
        if (const auto number = arguments.wholeNumber(option, least, 100'000'000); !number) {
            std::fprintf(stderr, "%s\n", qPrintable(number.error().text()));
            return 1;
        }
    }
    const Result<qint64> rooms = arguments.wholeNumber(u"rooms"_s, 0, 10'000'000);
    if (rooms && *rooms > 0) {
        measureLists(int(*rooms));
        return 0;
    }
    const Result<qint64> rows = arguments.wholeNumber(u"rows"_s, 1, 100'000'000);
    if (!filter || !rows) {
        std::fprintf(stderr, "%s\n", qPrintable(filter ? rows.error().text() : filter.error().text()));
        return 1;
    }
    Load load(arguments, *rows);
    load.fill();
    print(u"| CPU of a turn of the GUI thread, ms | p50 | p95 | most |\n|---|---|---|---|"_s);
    bool isWhole = load.run(u"all events"_s, {});
    isWhole = load.run(u"filtered"_s, queryOf(*filter)) && isWhole;
    load.tellMemory();
    print(
        u"| query | rows | first, ms of CPU | all, ms of CPU | longest turn, ms |\n|---|---|---|---|---|"_s);
    load.timeQuery(u"none"_s, {});
    load.timeQuery(u"one interned column"_s, queryOf(Filter::parse(u"event == 'bid'").value()));
    load.timeQuery(filter->text(), queryOf(*filter));
    load.timeQuery(u"the same, narrowed"_s, queryOf(*filter, u"lot-4"_s));
    load.timeQuery(u"text in 175 bytes, found nowhere"_s, queryOf({}, u"nowhere"_s));
    load.timeQuery(u"everything"_s, queryOf(Filter::parse(u"offset >= 0").value()));
    return isWhole ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const Result<Arguments> arguments = parseArguments(Program, QCoreApplication::arguments().mid(1));
    if (!arguments) {
        std::fprintf(stderr, "%s\n", qPrintable(arguments.error().text()));
        return 1;
    }
    if (arguments->isSet(u"help"_s)) {
        print(helpText(Program));
        return 0;
    }
    return measure(*arguments);
}
