#include "console/events/eventexporter.h"

#include "console/model/eventexport.h"

#include <QSaveFile>

namespace dialogue::console {

namespace {

constexpr qsizetype ChunkBytes = 256 * 1024;
constexpr qint64 RowsBetweenProgress = 4096;

qint64 rowsIn(const ScanTask &task)
{
    return task.candidates ? qint64(task.candidates->size()) : task.to - task.from;
}

} // namespace

EventExporter::EventExporter(QObject *parent)
    : QObject(parent)
{
    m_writer.setMaxThreadCount(1);
}

EventExporter::~EventExporter()
{
    cancel();
    m_writer.waitForDone();
}

void EventExporter::start(Job job)
{
    Q_ASSERT(!m_isRunning);
    m_isRunning = true;
    m_isCancelled = false;
    m_writer.start([this, job = std::move(job)] { run(job); });
}

void EventExporter::run(const Job &job)
{
    const Result<qint64> written = write(job);
    QMetaObject::invokeMethod(
        this,
        [this, written] {
            m_isRunning = false;
            if (m_isCancelled)
                Q_EMIT cancelled();
            else if (written)
                Q_EMIT finished(*written);
            else
                Q_EMIT failed(written.error());
        },
        Qt::QueuedConnection);
}

Result<qint64> EventExporter::write(const Job &job)
{
    QSaveFile file(job.path);
    const auto fault = [&file] { return Error{ErrorCode::IoError, file.errorString(), file.fileName()}; };
    if (!file.open(QIODevice::WriteOnly))
        return fault();
    qint64 all = 0;
    for (const ScanTask &task : job.rows)
        all += rowsIn(task);
    qint64 looked = 0;
    qint64 written = 0;
    QByteArray chunk = job.format == ExportFormat::Csv ? csvHeader(job.pointers) : QByteArray();
    for (const ScanTask &task : job.rows) {
        const qint64 rows = rowsIn(task);
        for (qint64 i = 0; i < rows; ++i) {
            if (looked++ % RowsBetweenProgress == 0) {
                if (m_isCancelled)
                    return written;
                Q_EMIT progress(looked - 1, all);
            }
            const int row = task.candidates ? int((*task.candidates)[std::size_t(i)]) : task.from + int(i);
            if (job.only && !job.only->contains(task.segment->firstSeq() + quint64(row)))
                continue;
            chunk += job.format == ExportFormat::Csv ? csvLine(*task.segment, row, job.pointers)
                                                     : ndjsonLine(*task.segment, row);
            ++written;
            if (chunk.size() >= ChunkBytes) {
                if (file.write(chunk) != chunk.size())
                    return fault();
                chunk.clear();
            }
        }
    }
    if (file.write(chunk) != chunk.size() || m_isCancelled || !file.commit())
        return fault();
    Q_EMIT progress(all, all);
    return written;
}

} // namespace dialogue::console
