#include "console/events/exportbar.h"

#include "console/look/tones.h"
#include "console/look/wording.h"

#include "core/base/foreigntext.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace dialogue::console {

namespace {

constexpr int ProgressSteps = 1000;

} // namespace

ExportBar::ExportBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel)
    , m_progress(new QProgressBar)
    , m_button(new QPushButton)
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_progress->setRange(0, ProgressSteps);
    m_progress->setAccessibleName(tr("Progress of the export"));
    auto *const line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_text, 2);
    line->addWidget(m_progress, 1);
    line->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (isRunning())
            m_exporter.cancel();
        else
            hide();
    });
    connect(&m_exporter, &EventExporter::progress, this, [this](qint64 looked, qint64 all) {
        m_progress->setValue(all > 0 ? int(looked * ProgressSteps / all) : ProgressSteps);
    });
    connect(&m_exporter, &EventExporter::cancelled, this,
            [this] { tell(tr("The export was cancelled."), false); });
    connect(&m_exporter, &EventExporter::finished, this,
            [this](qint64 rows) { tell(tr("%1 rows written to %2").arg(numberText(rows), m_path), false); });
    connect(&m_exporter, &EventExporter::failed, this,
            [this](const Error &error) { tell(tr("Not written: %1").arg(printable(error.text())), true); });
    hide();
}

void ExportBar::start(EventExporter::Job job)
{
    m_path = QDir::toNativeSeparators(job.path);
    QPalette plain = palette();
    m_text->setPalette(plain);
    m_text->setText(tr("Writing %1").arg(m_path));
    m_progress->setValue(0);
    m_progress->show();
    m_button->setText(tr("Cancel"));
    show();
    m_exporter.start(std::move(job));
}

void ExportBar::tell(const QString &text, bool isFault)
{
    QPalette toned = palette();
    toned.setColor(QPalette::WindowText, toneColor(isFault ? Tone::Bad : Tone::Good, palette()));
    m_text->setPalette(toned);
    m_text->setText((isFault ? u'\u2715' : u'\u2713') + QStringLiteral(" ") + text);
    m_progress->hide();
    m_button->setText(tr("Dismiss"));
    Q_EMIT ended(text);
}

} // namespace dialogue::console
