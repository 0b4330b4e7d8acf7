#pragma once

#include "core/base/result.h"

#include <QString>

#include <memory>

namespace dialogue {

/**
 * A file that says which process a server is, by its number and by a lock, which ends with the process: what
 * a process that is gone has left behind is nobody's, whoever has its number by now.
 */
class PidFile
{
public:
    /** Made, or taken over where nobody holds it. IoError. */
    [[nodiscard]] static Result<std::unique_ptr<PidFile>> hold(const QString &fileName);
    ~PidFile();
    Q_DISABLE_COPY_MOVE(PidFile)

    /** The process that holds \a fileName, by its lock. IoError, where none does. */
    [[nodiscard]] static Result<qint64> holder(const QString &fileName);

private:
    PidFile(QByteArray name, int descriptor)
        : m_name(std::move(name))
        , m_descriptor(descriptor)
    { }

    const QByteArray m_name;
    const int m_descriptor;
};

} // namespace dialogue
