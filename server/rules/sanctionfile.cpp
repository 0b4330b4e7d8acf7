#include "server/rules/sanctionfile.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/files/smallfile.h"
#include "server/rules/sanctionnames.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

constexpr std::chrono::seconds RetryAfter{1};

Sanctions::Clock::time_point momentAt(qint64 milliseconds)
{
    // As far as the clock counts, whatever stands in the file.
    constexpr qint64 Farthest = std::chrono::milliseconds(std::chrono::hours(24 * 365 * 200)).count();
    return Sanctions::Clock::time_point(
        std::chrono::milliseconds(std::clamp(milliseconds, -Farthest, Farthest)));
}

QJsonObject toJson(const Sanction &sanction)
{
    QJsonObject json{{u"kind"_s, nameOf(sanction.kind)},
                     {u"userId"_s, sanction.userId},
                     {u"since"_s, millisecondsOf(sanction.since)},
                     {u"by"_s, sanction.by}};
    if (!sanction.roomId.isEmpty())
        json.insert(u"roomId"_s, sanction.roomId);
    if (sanction.until)
        json.insert(u"until"_s, millisecondsOf(*sanction.until));
    if (!sanction.reason.isEmpty())
        json.insert(u"reason"_s, sanction.reason);
    return json;
}

/** Nothing: \a json is no such thing. */
std::optional<Sanction> fromJson(const QJsonObject &json)
{
    const auto kind = sanctionKindOf(json[u"kind"_s].toString());
    const QJsonValue until = json[u"until"_s];
    const bool isGood = kind && !json[u"userId"_s].toString().isEmpty()
        && (until.isUndefined() || until.isDouble()) && json[u"since"_s].isDouble();
    for (const QString &name : {u"roomId"_s, u"reason"_s, u"by"_s}) {
        if (!json[name].isUndefined() && !json[name].isString())
            return {};
    }
    if (!isGood)
        return {};
    Sanction sanction{.kind = *kind,
                      .userId = json[u"userId"_s].toString(),
                      .roomId = json[u"roomId"_s].toString(),
                      .until = {},
                      .reason = json[u"reason"_s].toString(),
                      .by = json[u"by"_s].toString(),
                      .since = momentAt(json[u"since"_s].toInteger())};
    if (!until.isUndefined())
        sanction.until = momentAt(until.toInteger());
    return sanction;
}

Result<QList<Sanction>> read(const QString &fileName, int most)
{
    const QFileInfo file(fileName);
    if (!file.exists())
        return QList<Sanction>();
    const auto bad = [&fileName](const QString &what) {
        return Error{ErrorCode::ConfigError,
                     u"%1 %2; mend it, or move it away, and nobody is banned or muted"_s.arg(fileName, what),
                     u"persistence.sanctions"_s};
    };
    const auto content = contentOf(fileName, file.size());
    if (!content)
        return Error{ErrorCode::ConfigError, content.error().message, u"persistence.sanctions"_s};
    QJsonParseError fault{};
    const QJsonDocument document = QJsonDocument::fromJson(*content, &fault);
    if (!document.isArray()) {
        return bad(fault.error == QJsonParseError::NoError
                       ? u"is no list of bans and mutes"_s
                       : u"is damaged: %1, at byte %2"_s.arg(fault.errorString()).arg(fault.offset));
    }
    const QJsonArray entries = document.array();
    if (entries.size() > most) {
        return bad(
            u"has %1 bans and mutes, more than there may be (limits.sanctions: %2)"_s.arg(entries.size())
                .arg(most));
    }
    QList<Sanction> sanctions;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const auto sanction = fromJson(entries[i].toObject());
        if (!sanction) {
            return bad(u"has no ban or mute at [%1]: an object with kind (\"ban\" or \"mute\"), userId and "
                       "since is expected"_s.arg(i));
        }
        if (!sanction->until || *sanction->until > Sanctions::Clock::now())
            sanctions.append(*sanction);
    }
    return sanctions;
}

} // namespace

Result<std::unique_ptr<SanctionFile>> SanctionFile::open(const QString &fileName, int most)
{
    const auto restored = read(fileName, most);
    if (!restored)
        return restored.error();
    // That it cannot be written is told now, and not when somebody is banned.
    if (const QString folder = QFileInfo(fileName).absolutePath(); !QFileInfo(folder).isWritable()) {
        return Error{
            ErrorCode::IoError,
            u"%1 cannot be written: %2 is no folder that this user may write to"_s.arg(fileName, folder),
            u"persistence.sanctions"_s};
    }
    std::unique_ptr<SanctionFile> file(new SanctionFile(fileName, most, *restored));
    file->m_thread = std::thread([each = file.get()] { each->run(); });
    return file;
}

SanctionFile::SanctionFile(const QString &fileName, int most, const QList<Sanction> &restored)
    : m_fileName(fileName)
    , m_most(most)
    , m_restored(restored)
    , m_all(most)
{
    for (const Sanction &each : restored)
        (void)m_all.add(each);
}

SanctionFile::~SanctionFile()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

Result<void> SanctionFile::change(const Sanction &sanction, bool isLifted)
{
    {
        const std::lock_guard lock(m_mutex);
        // What is lifted was there before: of those there are not more.
        if (!isLifted && m_waiting.size() >= std::size_t(m_most)) {
            return Error{ErrorCode::Unavailable,
                         u"Bans and mutes cannot be kept just now: the disk does not keep up"_s};
        }
        m_waiting.push_back({sanction, isLifted});
    }
    m_wake.notify_one();
    return {};
}

void SanctionFile::run()
{
    bool isWritten = true;
    while (true) {
        const std::vector<Change> changes = take();
        if (changes.empty() && isWritten)
            return;
        for (const Change &each : changes) {
            if (each.isLifted)
                m_all.lift(each.sanction.kind, each.sanction.userId, each.sanction.roomId);
            else
                (void)m_all.add(each.sanction);
        }
        isWritten = write();
        if (!isWritten) {
            std::unique_lock lock(m_mutex);
            if (m_wake.wait_for(lock, RetryAfter, [this] { return m_isEnding; }) && m_waiting.empty())
                return; // Once more was enough.
        }
    }
}

/** Waits for some, unless there are those that could not be written; none: it is to end. */
std::vector<SanctionFile::Change> SanctionFile::take()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_isEnding || m_isInTrouble || !m_waiting.empty(); });
    return std::exchange(m_waiting, {});
}

bool SanctionFile::write()
{
    const auto written = replaceContent(m_fileName, text());
    if (!written && !std::exchange(m_isInTrouble, true)) {
        qCCritical(lcRooms).noquote() << "Bans and mutes hold, and do not outlive the server as things are:"
                                      << printable(written.error().message) << "- tried again each second";
    } else if (written && std::exchange(m_isInTrouble, false)) {
        qCInfo(lcRooms).noquote() << "Bans and mutes are kept again, in" << printable(m_fileName);
    }
    return written.has_value();
}

QByteArray SanctionFile::text() const
{
    QByteArray text = "[";
    for (const Sanction &each : m_all.all())
        text
            += (text.size() == 1 ? "\n" : ",\n") + QJsonDocument(toJson(each)).toJson(QJsonDocument::Compact);
    return text + "\n]\n";
}

} // namespace dialogue
