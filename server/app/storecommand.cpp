#include "server/app/storecommand.h"

#include "core/base/foreigntext.h"
#include "process/exitcodes.h"
#include "process/print.h"
#include "server/app/options.h"
#include "server/app/storeschemas.h"
#include "server/store/storeedit.h"
#include "server/store/storeexport.h"
#include "server/store/storetool.h"

#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

int wrongStoreWords(const QString &message)
{
    return wrongUsage(u"store: "_s + message, serverSyntax().name);
}

int failed(const Error &error)
{
    std::fputs((u"dialogue-server: "_s + printable(error.message) + u'\n').toUtf8().constData(), stderr);
    return error.code == ErrorCode::ConfigError ? ExitUsage : ExitFailed;
}

QString nameOf(Durability durability)
{
    switch (durability) {
    case Durability::None:
        return u"none"_s;
    case Durability::Async:
        return u"async"_s;
    case Durability::Commit:
        return u"commit"_s;
    case Durability::Sync:
        return u"sync"_s;
    }
    return {};
}

int info(const QString &path)
{
    const auto facts = store::factsOf(path);
    if (!facts)
        return failed(facts.error());
    QString text = u"%1: format %2, %3 starts, %4, %5 ids of triggers\n"_s.arg(printable(path))
                       .arg(facts->format)
                       .arg(facts->starts)
                       .arg(facts->wasStopped ? u"left in order"_s : u"in use, or not left in order"_s)
                       .arg(facts->triggers);
    for (const store::RoomFacts &room : facts->rooms) {
        text += u"%1: %2 events, %3 bytes, offsets %4 to %5, %6%7\n"_s.arg(printable(room.id))
                    .arg(room.events)
                    .arg(room.bytes)
                    .arg(room.oldest)
                    .arg(room.newest)
                    .arg(nameOf(room.durability), room.isOfClient ? u", made by a client"_s : QString());
    }
    return exitCodeOf(print(text.toUtf8()));
}

int checkStore(const QString &path)
{
    const auto faults = store::faultsOf(path);
    if (!faults)
        return failed(faults.error());
    for (const QString &fault : *faults)
        std::fputs((printable(path) + u": "_s + printable(fault) + u'\n').toUtf8().constData(), stderr);
    return faults->isEmpty() ? exitCodeOf(print(printable(path).toUtf8() + ": good\n")) : ExitFailed;
}

int ended(const Result<void> &done) { return done ? ExitOk : failed(done.error()); }

int counted(const Result<qint64> &events, const QString &what)
{
    return events ? exitCodeOf(print(u"%1 events %2\n"_s.arg(*events).arg(what).toUtf8()))
                  : failed(events.error());
}

int exportLines(const QString &path)
{
    Printed printed = Printed::Whole;
    const auto done = store::exportStore(path, [&printed](const QByteArray &line) -> Result<void> {
        printed = print(line);
        if (printed == Printed::Whole)
            return {};
        return Error{ErrorCode::IoError, u"nobody takes what is written"_s};
    });
    return done || printed != Printed::Whole ? exitCodeOf(printed) : failed(done.error());
}

int importLines(const QString &path)
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return failed({ErrorCode::IoError, u"The standard input cannot be read: "_s + input.errorString()});
    return counted(store::importStore(path, [&input] { return input.readLine().trimmed(); }),
                   u"are in it now"_s);
}

int trim(const QString &path, const Arguments &arguments)
{
    constexpr qint64 Most = 1'000'000'000'000;
    store::EventsToTrim which{.room = arguments.value(u"room"_s)};
    if (arguments.isSet(u"keep"_s)) {
        const auto keep = arguments.wholeNumber(u"keep"_s, 0, Most);
        if (!keep)
            return wrongStoreWords(keep.error().text());
        which.keep = *keep;
    }
    if (arguments.isSet(u"days"_s)) {
        const auto days = arguments.wholeNumber(u"days"_s, 0, 36500);
        if (!days)
            return wrongStoreWords(days.error().text());
        which.olderThan = std::chrono::hours(24 * *days);
    }
    if (!which.keep && !which.olderThan)
        return wrongStoreWords(u"trim: needs --keep, how many stay, or --days, how old they may be"_s);
    return counted(store::trimEvents(path, which), u"are gone"_s);
}

int erase(const QString &path, const Arguments &arguments)
{
    store::EventsToErase which{.room = arguments.value(u"room"_s), .user = arguments.value(u"user"_s)};
    const bool isOne = arguments.isSet(u"offset"_s);
    if (isOne) {
        const auto offset = arguments.wholeNumber(u"offset"_s, 1, (qint64(1) << 36) - 1);
        if (!offset)
            return wrongStoreWords(offset.error().text());
        which.offset = static_cast<quint64>(*offset);
    }
    if (isOne == !which.user.isEmpty() || (isOne && which.room.isEmpty()))
        return wrongStoreWords(u"erase: needs --room and --offset, of one event, or --user, whose all go"_s);
    return counted(store::eraseEvents(path, which), u"are erased"_s);
}

} // namespace

int runStoreCommand(const Arguments &arguments)
{
    const QStringList &words = arguments.operands();
    const QString what = words.value(1);
    static const QStringList all{u"info"_s,   u"check"_s, u"backup"_s, u"export"_s,
                                 u"import"_s, u"trim"_s,  u"erase"_s,  u"mark-restored"_s};
    if (!all.contains(what))
        return wrongStoreWords(u"says what to do: "_s + all.join(u", "_s));
    const bool isBackup = what == u"backup";
    if (words.size() != (isBackup ? 4 : 3))
        return wrongStoreWords(isBackup ? u"backup: takes the file, and the one to make"_s
                                        : u"%1: takes one file"_s.arg(what));
    // Another command takes several.
    if (arguments.values(u"room"_s).size() > 1)
        return wrongStoreWords(u"--room: stands there twice; it takes one room at a time"_s);
    const QString &path = words[2];
    if (what == u"info")
        return info(path);
    if (what == u"check" && arguments.isSet(u"config"_s))
        return checkSchemas(path, arguments.value(u"config"_s));
    if (what == u"check")
        return checkStore(path);
    if (what == u"export")
        return exportLines(path);
    if (what == u"import")
        return importLines(path);
    if (what == u"trim")
        return trim(path, arguments);
    if (what == u"erase")
        return erase(path, arguments);
    return ended(isBackup ? store::backUp(path, words[3]) : store::markRestored(path));
}

} // namespace dialogue
