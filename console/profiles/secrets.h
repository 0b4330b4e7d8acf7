#pragma once

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>

namespace dialogue::console {

/**
 * The passwords of profiles: in the keychain of the desktop (Secret Service, KWallet, the Keychain of macOS,
 * the Credential Manager of Windows), and where it has none, or will not, for as long as the console runs.
 */
class Secrets : public QObject
{
    Q_OBJECT
public:
    enum class Kept { InKeychain, UntilTheEnd };

    explicit Secrets(QObject *parent = nullptr);

    /** \a told, from the event loop, gets an empty one where none is known. */
    void read(const QString &profile, QObject *context, std::function<void(const QString &secret)> told);
    /** \a told learns where, and why not in the keychain. */
    void write(const QString &profile, const QString &secret, QObject *context,
               std::function<void(Kept kept, const QString &why)> told);
    /** For as long as the console runs alone. */
    void keepUntilTheEnd(const QString &profile, const QString &secret) { m_own.insert(profile, secret); }
    void forget(const QString &profile);

private:
    QHash<QString, QString> m_own; ///< By profile.
};

} // namespace dialogue::console
