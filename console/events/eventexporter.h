#pragma once

#include "console/events/seqranges.h"
#include "console/model/eventcolumns.h"
#include "console/model/eventscan.h"

#include "core/base/result.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <optional>
#include <vector>

namespace dialogue::console {

enum class ExportFormat { Ndjson, Csv };

/**
 * Writes rows of the log of events to a file, in a thread of its own: what is there when it is started, also
 * where the log forgets it meanwhile. The file is there when all of it is, and not before.
 */
class EventExporter : public QObject
{
    Q_OBJECT
public:
    struct Job
    {
        QString path;
        ExportFormat format = ExportFormat::Ndjson;
        std::vector<ScanTask> rows = {}; ///< As FilteredEventModel::shown() has them.
        std::optional<SeqRanges> only = {}; ///< Of them those.
        QList<PointerColumn> pointers = {}; ///< As further columns of CSV.
    };

    explicit EventExporter(QObject *parent = nullptr);
    ~EventExporter() override; ///< Cancels.

    /** One at a time. */
    void start(Job job);
    void cancel() { m_isCancelled = true; }
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void progress(qint64 looked, qint64 all); ///< Rows.
    void finished(qint64 rows);
    /** IoError: nothing is written, and what there was under that name is as it was. */
    void failed(const dialogue::Error &error);
    void cancelled(); ///< Likewise.

private:
    void run(const Job &job);
    [[nodiscard]] Result<qint64> write(const Job &job);

    std::atomic<bool> m_isCancelled = false;
    bool m_isRunning = false;
    QThreadPool m_writer;
};

} // namespace dialogue::console
