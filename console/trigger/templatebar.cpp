#include "console/trigger/templatebar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

namespace dialogue::console {

namespace {

constexpr int LongestTemplateName = 100;

} // namespace

TemplateBar::TemplateBar(QWidget *parent)
    : QWidget(parent)
    , m_names(new QComboBox)
    , m_save(new QPushButton(tr("S&ave")))
    , m_remove(new QPushButton(tr("&Delete")))
{
    auto *const line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_names, 1);
    line->addWidget(m_save);
    line->addWidget(m_remove);
    m_names->setEditable(true);
    m_names->setInsertPolicy(QComboBox::NoInsert);
    m_names->setAccessibleName(tr("Template"));
    m_names->lineEdit()->setMaxLength(LongestTemplateName);
    m_names->lineEdit()->setPlaceholderText(tr("A name, to keep what is written below"));
    m_save->setAccessibleName(tr("Save as a template"));
    m_remove->setAccessibleName(tr("Delete the template"));
    m_save->setAutoDefault(false);
    m_remove->setAutoDefault(false);
    setFocusProxy(m_names);
    connect(m_names, &QComboBox::activated, this, &TemplateBar::choose);
    connect(m_names, &QComboBox::editTextChanged, this, &TemplateBar::tell);
    connect(m_save, &QPushButton::clicked, this, &TemplateBar::save);
    connect(m_remove, &QPushButton::clicked, this, &TemplateBar::remove);
    tell();
}

void TemplateBar::setStore(TriggerStore *store)
{
    if (m_store)
        disconnect(m_store, nullptr, this, nullptr);
    m_store = store;
    connect(store, &TriggerStore::templatesChanged, this, &TemplateBar::list);
    list();
}

void TemplateBar::list()
{
    const QSignalBlocker quiet(m_names);
    const QString name = m_names->currentText();
    m_names->clear();
    for (const TriggerStore::Template &each : m_store->templates())
        m_names->addItem(each.name);
    m_names->setCurrentIndex(m_names->findText(name, Qt::MatchExactly | Qt::MatchCaseSensitive));
    m_names->setEditText(name);
    tell();
}

void TemplateBar::choose(int index)
{
    if (m_store && index >= 0 && index < m_store->templates().size())
        Q_EMIT chosen(m_store->templates()[index].trigger);
    tell();
}

void TemplateBar::save()
{
    if (const Result<void> saved = m_store->save(m_names->currentText().trimmed(), m_current()); !saved)
        Q_EMIT failed(saved.error());
}

void TemplateBar::remove()
{
    const QString name = m_names->currentText();
    m_names->setEditText({});
    if (const Result<void> removed = m_store->remove(name); !removed)
        Q_EMIT failed(removed.error());
}

void TemplateBar::tell()
{
    const QString name = m_names->currentText().trimmed();
    m_save->setEnabled(m_store && !name.isEmpty());
    m_remove->setEnabled(m_store && m_names->findText(name, Qt::MatchExactly | Qt::MatchCaseSensitive) >= 0);
}

} // namespace dialogue::console
