#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include <cstdio>
#include <ctime>
#include <optional>

/** What a program does that measures validations: `PROGRAM SCHEMA DATA SECONDS|xTIMES [read]`. */
namespace dialogue::microbench {

struct Task
{
    QByteArray schema;
    QByteArray data;
    double seconds = 0; ///< Of CPU; or
    int times = 0;
    bool onlyReads = false; ///< The text is to be read, and held to nothing.
};

inline int refuse(const QString &why)
{
    std::fprintf(stderr, "%s\n", qPrintable(why));
    return 1;
}

inline std::optional<Task> readTask(int argc, char **argv)
{
    if (argc < 4) {
        std::fprintf(stderr, "Usage: %s SCHEMA DATA SECONDS|xTIMES [read]\n", argv[0]);
        return {};
    }
    QFile schema(QString::fromLocal8Bit(argv[1]));
    QFile data(QString::fromLocal8Bit(argv[2]));
    if (!schema.open(QIODevice::ReadOnly) || !data.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "cannot read %s and %s\n", argv[1], argv[2]);
        return {};
    }
    const QByteArray amount(argv[3]);
    const bool isTimes = amount.startsWith('x');
    return Task{.schema = schema.readAll().trimmed(),
                .data = data.readAll().trimmed(),
                .seconds = isTimes ? 0 : amount.toDouble(),
                .times = isTimes ? amount.mid(1).toInt() : 0,
                .onlyReads = argc > 4};
}

inline double cpuSeconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

/** Says how often \a validate ran, how long that took, and what it gave. */
template <class Validate>
int measure(const Task &task, const Validate &validate)
{
    bool isValid = validate();
    long long runs = 0;
    const double begin = cpuSeconds();
    double now = begin;
    do {
        // The clock is asked after so many as take a while.
        const long long batch = task.times > 0 ? task.times : runs / 8 + 1;
        for (long long i = 0; i < batch; ++i)
            isValid = validate() && isValid;
        runs += batch;
        now = cpuSeconds();
    } while (task.times == 0 && now - begin < task.seconds);
    std::printf("{\"valid\":%s,\"runs\":%lld,\"cpu\":%.9f}\n", isValid ? "true" : "false", runs, now - begin);
    return 0;
}

} // namespace dialogue::microbench
