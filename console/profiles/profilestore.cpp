#include "console/profiles/profilestore.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr qint64 LargestProfilesFile = 16LL * 1024 * 1024;

Error wrongFile(const QString &fileName, const QString &why, const QString &path = {})
{
    return {.code = ErrorCode::IoError, .message = u"%1: %2"_s.arg(fileName, why), .path = path};
}

} // namespace

ProfileStore::ProfileStore(QString fileName)
    : m_fileName(std::move(fileName))
{ }

QString ProfileStore::standardFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + u"/profiles.json"_s;
}

Result<QList<Profile>> ProfileStore::read(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return wrongFile(fileName, file.errorString());
    if (file.size() > LargestProfilesFile)
        return wrongFile(fileName, u"is larger than 16 MiB"_s);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (error.error != QJsonParseError::NoError)
        return wrongFile(fileName, u"%1, at byte %2"_s.arg(error.errorString()).arg(error.offset));
    const QJsonValue all = document.object()[u"profiles"_s];
    if (!all.isArray())
        return wrongFile(fileName, u"has no list of profiles"_s, u"profiles"_s);
    const QJsonArray items = all.toArray();
    if (items.size() > Most)
        return wrongFile(fileName, u"has more than %1 profiles"_s.arg(Most), u"profiles"_s);
    QList<Profile> profiles;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const Result<Profile> profile = Profile::fromJson(items.at(i).toObject());
        if (!profile) {
            return wrongFile(fileName, profile.error().message,
                             u"profiles[%1].%2"_s.arg(i).arg(profile.error().path));
        }
        const bool isTwice = !profile->id.isEmpty()
            && std::any_of(profiles.begin(), profiles.end(),
                           [&](const Profile &each) { return each.id == profile->id; });
        if (isTwice)
            return wrongFile(fileName, u"stands twice"_s, u"profiles[%1].id"_s.arg(i));
        profiles = with(profiles, *profile);
    }
    return profiles;
}

Result<void> ProfileStore::load()
{
    m_profiles.clear();
    if (!QFile::exists(m_fileName))
        return {};
    Result<QList<Profile>> profiles = read(m_fileName);
    m_isSpoilt = !profiles;
    if (!profiles)
        return profiles.error();
    m_profiles = *std::move(profiles);
    return {};
}

const Profile *ProfileStore::find(const QString &id) const
{
    const auto found = std::find_if(m_profiles.begin(), m_profiles.end(),
                                    [&](const Profile &each) { return each.id == id; });
    return found == m_profiles.end() ? nullptr : &*found;
}

const Profile *ProfileStore::findByName(const QString &name) const
{
    const auto found = std::find_if(m_profiles.begin(), m_profiles.end(), [&](const Profile &each) {
        return each.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == m_profiles.end() ? nullptr : &*found;
}

QList<Profile> ProfileStore::with(QList<Profile> profiles, const Profile &profile)
{
    Profile added = profile;
    if (added.id.isEmpty())
        added.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const auto known = std::find_if(profiles.begin(), profiles.end(),
                                    [&](const Profile &each) { return each.id == added.id; });
    if (known == profiles.end())
        profiles.append(added);
    else
        *known = added;
    return profiles;
}

Result<QString> ProfileStore::put(Profile profile)
{
    if (auto good = profile.check(); !good)
        return good.error();
    if (profile.id.isEmpty())
        profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (auto saved = save(with(m_profiles, profile)); !saved)
        return saved.error();
    return profile.id;
}

Result<void> ProfileStore::remove(const QString &id)
{
    QList<Profile> left = m_profiles;
    left.removeIf([&](const Profile &each) { return each.id == id; });
    return save(left);
}

Result<void> ProfileStore::save(const QList<Profile> &profiles)
{
    if (m_isSpoilt) {
        const QString aside = m_fileName + u'.' + QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s);
        if (!QFile::copy(m_fileName, aside))
            return wrongFile(aside, u"the old profiles could not be put there"_s);
    }
    if (auto written = write(m_fileName, profiles); !written)
        return written;
    m_isSpoilt = false;
    m_profiles = profiles;
    return {};
}

Result<void> ProfileStore::write(const QString &fileName, const QList<Profile> &profiles) const
{
    QJsonArray all;
    for (const Profile &each : profiles)
        all.append(each.toJson());
    QDir().mkpath(QFileInfo(fileName).absolutePath());
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly)
        || file.write(QJsonDocument(QJsonObject{{u"profiles"_s, all}}).toJson()) < 0 || !file.commit())
        return wrongFile(fileName, file.errorString());
    return {};
}

Result<void> ProfileStore::exportTo(const QString &fileName) const { return write(fileName, m_profiles); }

Result<int> ProfileStore::importFrom(const QString &fileName)
{
    const Result<QList<Profile>> come = read(fileName);
    if (!come)
        return come.error();
    QList<Profile> all = m_profiles;
    for (const Profile &each : *come)
        all = with(all, each);
    if (auto saved = save(all); !saved)
        return saved.error();
    return int(come->size());
}

} // namespace dialogue::console
