#include "server/metrics/processfigures.h"

#include <QDir>
#include <QFile>

#include <sys/resource.h>
#include <unistd.h>

namespace dialogue::metrics {

namespace {

QByteArray contentOf(const char *path)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

double secondsOf(const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; }

} // namespace

MetricFamilies processFamilies()
{
    MetricFamilies families;
    const auto add = [&](const char *name, const char *help, MetricType type, double value) {
        families.append(
            MetricFamily{.name = name, .help = help, .type = type, .samples = {{.value = value}}});
    };
    rusage used{};
    if (getrusage(RUSAGE_SELF, &used) == 0) {
        add("process_cpu_seconds_total", "Time that the processors have worked for the process.",
            MetricType::Counter, secondsOf(used.ru_utime) + secondsOf(used.ru_stime));
    }
    if (const QList<QByteArray> pages = contentOf("/proc/self/statm").split(' '); pages.size() > 1) {
        const auto page = double(sysconf(_SC_PAGESIZE));
        add("process_virtual_memory_bytes", "Addresses that the process has.", MetricType::Gauge,
            pages[0].toDouble() * page);
        add("process_resident_memory_bytes", "Memory that the process has.", MetricType::Gauge,
            pages[1].toDouble() * page);
    }
    if (const QDir open(QStringLiteral("/proc/self/fd")); open.exists()) {
        add("process_open_fds", "Files and sockets that are open.", MetricType::Gauge,
            double(open.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size()));
    }
    rlimit most{};
    if (getrlimit(RLIMIT_NOFILE, &most) == 0)
        add("process_max_fds", "Files and sockets that may be open.", MetricType::Gauge,
            double(most.rlim_cur));
    return families;
}

} // namespace dialogue::metrics
