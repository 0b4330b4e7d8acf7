#pragma once

#include <QCoreApplication>
#include <QSettings>
#include <QTemporaryDir>

namespace dialogue::test {

/** Settings of nobody else's. */
class OwnSettings
{
public:
    OwnSettings()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("Dialogue"));
        QCoreApplication::setApplicationName(QStringLiteral("Console under test"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    }

private:
    QTemporaryDir m_folder;
};

} // namespace dialogue::test
