#include "bench/load/report.h"

#include "core/base/foreigntext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace dialogue::bench {

namespace {

double perSecond(double count, double seconds) { return seconds > 0 ? count / seconds : 0; }

double cpuPerDelivery(const Report &report)
{
    const auto delivered = static_cast<double>(report.counts.delivered);
    return delivered > 0 ? report.serverCpuSeconds * 1e6 / delivered : 0;
}

double busiestPerDelivery(const Report &report)
{
    const auto delivered = static_cast<double>(report.counts.delivered);
    return delivered > 0 ? report.busiestThreadSeconds * 1e6 / delivered : 0;
}

double cpuPerConnection(const Report &report)
{
    const auto connections = static_cast<double>(report.connections);
    return connections > 0 ? report.connectCpuSeconds * 1e6 / connections : 0;
}

double residentPerConnection(const Report &report)
{
    const auto connections = static_cast<double>(report.connections);
    return connections > 0 ? static_cast<double>(report.residentAfter - report.residentBefore) / connections
                           : 0;
}

QString number(double value, int digits = 0)
{
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(value, 'f', digits);
}

QString counted(double count, const QString &one)
{
    return number(count) + u' ' + one + (count == 1 ? QString() : u"s"_s);
}

QString milliseconds(std::uint64_t nanoseconds)
{
    const double value = static_cast<double>(nanoseconds) / 1e6;
    return number(value, value < 1 ? 3 : value < 100 ? 2 : 0) + u" ms"_s;
}

QString mebibytes(std::int64_t bytes) { return number(static_cast<double>(bytes) / 1048576, 1) + u" MB"_s; }

QString line(const QString &name, const QString &text) { return name.leftJustified(12) + text + u'\n'; }

QString heading(const LoadOptions &options)
{
    QString text = counted(options.subscribers, u"subscriber"_s) + u" in "_s
        + counted(options.layout.rooms, u"room"_s) + u", "_s
        + counted(options.layout.publishers, u"publisher"_s);
    if (options.idle > 0)
        text += u", %1 idle"_s.arg(number(options.idle));
    if (options.stalled > 0)
        text += u", %1 stalled"_s.arg(number(options.stalled));
    text += u", %1 bytes, "_s.arg(options.size);
    text += options.rate > 0 ? number(options.rate) + u" events/s"_s
                             : u"%1 events of a stream on their way"_s.arg(options.window);
    return text;
}

QString serverLines(const Report &report)
{
    QString text;
    if (report.counts.delivered > 0) {
        text += line(u"server"_s,
                     u"%1 us CPU per delivery (%2 of it on the busiest thread), %3 % of a core"_s.arg(
                         number(cpuPerDelivery(report), 3), number(busiestPerDelivery(report), 3),
                         number(100 * perSecond(report.serverCpuSeconds, report.seconds))));
    }
    text += line(u"connecting"_s, u"%1 us CPU per connection"_s.arg(number(cpuPerConnection(report))));
    text += line(u"memory"_s,
                 u"%1 resident, %2 KB per connection, %3 at the end"_s.arg(
                     mebibytes(report.residentAfter), number(residentPerConnection(report) / 1024, 1),
                     mebibytes(report.residentEnd)));
    return text;
}

QString lossLine(const Report &report)
{
    const TrafficCounts &counts = report.counts;
    QString text = u"%1, %2 twice or late, %3 broken"_s.arg(
        number(static_cast<double>(report.lost)), number(static_cast<double>(report.repeated)),
        counted(static_cast<double>(counts.broken), u"connection"_s));
    if (counts.broken > 0)
        text += u" (%1)"_s.arg(printable(QString::fromStdString(counts.firstBreak)));
    if (counts.stalledLost > 0)
        text += u", %1 stalled closed by the server"_s.arg(counts.stalledLost);
    if (counts.unsent > 0)
        text += u", %1 not sent as the server did not read"_s.arg(counts.unsent);
    return text;
}

} // namespace

std::string reportText(const LoadOptions &options, const Report &report)
{
    const TrafficCounts &counts = report.counts;
    const Histogram &latency = report.latency;
    QString text = heading(options) + u'\n';
    text += line(u"connected"_s,
                 u"%1 in %2 s, %3/s"_s.arg(
                     number(static_cast<double>(report.connections)), number(report.rampSeconds, 2),
                     number(perSecond(static_cast<double>(report.connections), report.rampSeconds))));
    if (options.layout.publishers > 0) {
        text += line(
            u"events"_s,
            u"%1/s, %2 in %3 s"_s.arg(number(perSecond(static_cast<double>(counts.sent), report.seconds)),
                                      number(static_cast<double>(counts.sent)), number(report.seconds, 1)));
        text += line(
            u"deliveries"_s,
            u"%1/s, %2"_s.arg(number(perSecond(static_cast<double>(counts.delivered), report.seconds)),
                              number(static_cast<double>(counts.delivered))));
        text += line(u"latency"_s,
                     u"p50 %1   p99 %2   p99.9 %3   max %4"_s.arg(
                         milliseconds(latency.percentile(50)), milliseconds(latency.percentile(99)),
                         milliseconds(latency.percentile(99.9)), milliseconds(latency.max())));
        text += line(u"lost"_s, lossLine(report));
    }
    if (counts.refused > 0)
        text += line(u"refused"_s,
                     u"%1, first: %2"_s.arg(counts.refused)
                         .arg(printable(QString::fromStdString(counts.firstRefusal))));
    if (report.hasServer)
        text += serverLines(report);
    text
        += line(u"generator"_s,
                u"%1 % of a core"_s.arg(number(100 * perSecond(report.generatorCpuSeconds, report.seconds))));
    return text.toStdString();
}

std::string reportJson(const LoadOptions &options, const Report &report)
{
    const TrafficCounts &counts = report.counts;
    const Histogram &latency = report.latency;
    const auto micros
        = [&](double percent) { return static_cast<double>(latency.percentile(percent)) / 1e3; };
    const auto amount = [](auto value) { return static_cast<double>(value); };
    QJsonObject json{
        {u"subscribers"_s, options.subscribers},
        {u"rooms"_s, options.layout.rooms},
        {u"publishers"_s, options.layout.publishers},
        {u"idle"_s, options.idle},
        {u"stalled"_s, options.stalled},
        {u"size"_s, amount(options.size)},
        {u"rate"_s, options.rate > 0 ? QJsonValue(options.rate) : QJsonValue()},
        {u"connections"_s, amount(report.connections)},
        {u"connectsPerSecond"_s, perSecond(amount(report.connections), report.rampSeconds)},
        {u"seconds"_s, report.seconds},
        {u"events"_s, amount(counts.sent)},
        {u"eventsPerSecond"_s, perSecond(amount(counts.sent), report.seconds)},
        {u"deliveries"_s, amount(counts.delivered)},
        {u"deliveriesPerSecond"_s, perSecond(amount(counts.delivered), report.seconds)},
        {u"latencyUs"_s,
         QJsonObject{{u"p50"_s, micros(50)},
                     {u"p99"_s, micros(99)},
                     {u"p999"_s, micros(99.9)},
                     {u"max"_s, amount(latency.max()) / 1e3},
                     {u"mean"_s, latency.mean() / 1e3}}},
        {u"lost"_s, amount(report.lost)},
        {u"repeated"_s, amount(report.repeated)},
        {u"broken"_s, amount(counts.broken)},
        {u"stalledClosed"_s, amount(counts.stalledLost)},
        {u"unsent"_s, amount(counts.unsent)},
        {u"refused"_s, amount(counts.refused)},
        {u"generatorCpu"_s, perSecond(report.generatorCpuSeconds, report.seconds)},
    };
    if (report.hasServer) {
        json.insert(u"serverCpu"_s, perSecond(report.serverCpuSeconds, report.seconds));
        json.insert(u"serverCpuUsPerDelivery"_s, cpuPerDelivery(report));
        json.insert(u"serverBusiestThreadUsPerDelivery"_s, busiestPerDelivery(report));
        json.insert(u"serverCpuUsPerConnection"_s, cpuPerConnection(report));
        json.insert(u"serverRss"_s, amount(report.residentAfter));
        json.insert(u"serverRssEnd"_s, amount(report.residentEnd));
        json.insert(u"serverRssPerConnection"_s, residentPerConnection(report));
    }
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString() + '\n';
}

std::string progressText(int second, double eventsPerSecond, double deliveriesPerSecond, std::uint64_t worst)
{
    return u"%1 s   %2 events/s   %3 deliveries/s   slowest %4"_s
        .arg(QString::number(second).rightJustified(4), number(eventsPerSecond), number(deliveriesPerSecond),
             milliseconds(worst))
        .toStdString();
}

} // namespace dialogue::bench
