#pragma once

#include "console/profiles/profile.h"

#include <QList>

namespace dialogue::console {

/** The profiles, in a file of JSON: what is exported and imported is of the same form. Never a secret. */
class ProfileStore
{
public:
    /** \a fileName need not be there yet. */
    explicit ProfileStore(QString fileName);
    /** Where a person's own are. */
    [[nodiscard]] static QString standardFile();

    /** IoError, or what is wrong in the file, with where; then there are none, and save() keeps what was
     * there under another name. */
    [[nodiscard]] Result<void> load();
    [[nodiscard]] const QList<Profile> &profiles() const { return m_profiles; }
    [[nodiscard]] bool isSpoilt() const { return m_isSpoilt; } ///< What load() found cannot be read.
    [[nodiscard]] const Profile *find(const QString &id) const;
    [[nodiscard]] const Profile *findByName(const QString &name) const;

    /** One of its id is replaced; an empty id is a new one's. Its id, or an IoError. */
    [[nodiscard]] Result<QString> put(Profile profile);
    [[nodiscard]] Result<void> remove(const QString &id);
    [[nodiscard]] Result<void> exportTo(const QString &fileName) const;
    /** How many came; those whose id is there already are replaced. */
    [[nodiscard]] Result<int> importFrom(const QString &fileName);

    static constexpr qsizetype Most = 10'000;

private:
    [[nodiscard]] static Result<QList<Profile>> read(const QString &fileName);
    [[nodiscard]] Result<void> write(const QString &fileName, const QList<Profile> &profiles) const;
    [[nodiscard]] Result<void> save(const QList<Profile> &profiles);
    [[nodiscard]] static QList<Profile> with(QList<Profile> profiles, const Profile &profile);

    const QString m_fileName;
    QList<Profile> m_profiles;
    bool m_isSpoilt = false; ///< What is in the file could not be read.
};

} // namespace dialogue::console
