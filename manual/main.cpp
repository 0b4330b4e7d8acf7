// Writes the man pages and the shells' completions at build time: dialogue-manual FOLDER VERSION
#include "manual/program.h"

#include <QDir>
#include <QFile>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

bool write(const QString &fileName, const QByteArray &text)
{
    QFile file(fileName);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.flush())
        return true;
    QTextStream(stderr) << fileName << ": " << file.errorString() << '\n';
    return false;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        QTextStream(stderr) << "usage: dialogue-manual FOLDER VERSION\n";
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    const QString version = QString::fromLocal8Bit(argv[2]);
    bool good = true;
    for (const auto &program :
         {dialogue::manual::serverProgram(version), dialogue::manual::commandLineProgram(version)}) {
        good = write(folder.filePath(program.name + u".1"_s), manPage(program)) && good;
        good = write(folder.filePath(program.name + u".bash"_s), bashCompletion(program)) && good;
        good = write(folder.filePath(u'_' + program.name), zshCompletion(program)) && good;
        good = write(folder.filePath(program.name + u".fish"_s), fishCompletion(program)) && good;
    }
    return good ? 0 : 1;
}
