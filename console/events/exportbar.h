#pragma once

#include "console/events/eventexporter.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace dialogue::console {

/** How far an export is, and how it ended. */
class ExportBar : public QWidget
{
    Q_OBJECT
public:
    explicit ExportBar(QWidget *parent = nullptr);

    void start(EventExporter::Job job);
    [[nodiscard]] bool isRunning() const { return m_exporter.isRunning(); }

Q_SIGNALS:
    void ended(const QString &text); ///< In words.

private:
    void tell(const QString &text, bool isFault);

    QLabel *m_text;
    QProgressBar *m_progress;
    QPushButton *m_button;
    QString m_path;
    EventExporter m_exporter;
};

} // namespace dialogue::console
