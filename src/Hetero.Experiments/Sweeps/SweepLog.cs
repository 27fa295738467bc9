using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// The rows of finished runs in a file that is only ever appended to: comma-separated values, a line a run, and at the end of each line a check of it. Whatever ends the process, what is in
/// the file stays; a line that was not written to its end, or was damaged, is no row.
/// </summary>
/// <remarks>Runs are found by <see cref="SweepRun.Id"/>. Thread-safe; the file is to have one writer at a time.</remarks>
public sealed class SweepLog : IDisposable
{
    private const int CheckDigits = 8;

    // Two seconds: the largest files are read in less.
    private const int ReaderWaits = 40;
    private const int ReaderWait = 50;

    // A row has about a thousand bytes. A longer line is none.
    private const int LongestLine = 1 << 16;

    private static readonly string Header = $"run,status,step,{string.Join(',', RunSummary.Names)},check";
    private static readonly int Cells = Header.Split(',').Length;

    private readonly Dictionary<string, RunSummary> _rows;
    private readonly FileStream? _stream;
    private readonly Lock _gate = new();

    private SweepLog(Dictionary<string, RunSummary> rows, int damaged, FileStream? stream) => (_rows, Damaged, _stream) = (rows, damaged, stream);

    /// <summary>Gets the number of rows.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _rows.Count;
            }
        }
    }

    /// <summary>Gets the number of whole lines that were no rows.</summary>
    public int Damaged { get; }

    /// <summary>Opens a file to append to, and makes it where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It has something else than rows of runs.</exception>
    /// <exception cref="IOException">It cannot be read or written, or another process has it open for writing.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read or written.</exception>
    public static SweepLog Open(string path) => Open(path, () => Thread.Sleep(ReaderWait));

    /// <summary>The same; <paramref name="wait"/> is called before another attempt where somebody holds the file.</summary>
    internal static SweepLog Open(string path, Action wait)
    {
        FileStream stream = OpenAlone(path, wait);
        try
        {
            (Dictionary<string, RunSummary> rows, int damaged, long end) = ReadAll(stream, path);

            // What was not written to its end would spoil the next line.
            stream.SetLength(end);
            stream.Position = end;
            SweepLog log = new(rows, damaged, stream);
            if (end == 0)
            {
                log.Append(Header + "\n");
            }

            return log;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file for this process alone. One that only reads it, such as a look at what is missing, holds it for a moment, which is waited for.</summary>
    private static FileStream OpenAlone(string path, Action wait)
    {
        for (int left = ReaderWaits; ; left--)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException exception) when (left > 0 && exception is not (DirectoryNotFoundException or PathTooLongException))
            {
                wait();
            }
        }
    }

    /// <summary>Reads a file; nothing can be added.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It has something else than rows of runs.</exception>
    /// <exception cref="IOException">It cannot be read, or is being written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SweepLog Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        (Dictionary<string, RunSummary> rows, int damaged, _) = ReadAll(stream, path);
        return new SweepLog(rows, damaged, null);
    }

    /// <summary>Puts all rows on disk, and closes the file.</summary>
    public void Dispose()
    {
        // Not in the middle of a row.
        lock (_gate)
        {
            if (_stream is { SafeFileHandle.IsClosed: false, CanWrite: true })
            {
                Flush();
            }

            _stream?.Dispose();
        }
    }

    /// <summary>The runs that have a row.</summary>
    internal IEnumerable<string> Ids => _rows.Keys;

    /// <summary>Makes a log without a file, which takes over the rows of others.</summary>
    internal static SweepLog InMemory() => new([], 0, null);

    /// <summary>Writes rows as a file of them has it.</summary>
    internal static void Write(Stream stream, IEnumerable<(string Id, RunSummary Summary)> rows)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true);
        writer.Write(Header + "\n");
        foreach ((string id, RunSummary summary) in rows)
        {
            writer.Write(LineOf(id, summary));
        }
    }

    /// <summary>Finds the row of a run; null if there is none.</summary>
    internal RunSummary? Find(string id)
    {
        lock (_gate)
        {
            return _rows.GetValueOrDefault(id);
        }
    }

    /// <summary>Takes over the rows of another file, in memory alone.</summary>
    internal void Include(SweepLog other)
    {
        lock (_gate)
        {
            foreach ((string id, RunSummary row) in other._rows)
            {
                _rows.TryAdd(id, row);
            }
        }
    }

    /// <summary>Appends a row.</summary>
    /// <exception cref="IOException">It could not be written to its end; the file has no part of it.</exception>
    internal void Add(string id, RunSummary summary)
    {
        string line = LineOf(id, summary);
        lock (_gate)
        {
            Append(line);
            _rows[id] = summary;
        }
    }

    /// <summary>Appends the rows of another file.</summary>
    /// <exception cref="IOException">One could not be written to its end; those before it are kept.</exception>
    internal void Append(SweepLog other)
    {
        foreach ((string id, RunSummary summary) in other._rows)
        {
            Add(id, summary);
        }
    }

    /// <summary>Puts all rows on disk.</summary>
    internal void Flush()
    {
        lock (_gate)
        {
            _stream?.Flush(flushToDisk: true);
        }
    }

    private void Append(string line)
    {
        FileStream stream = _stream ?? throw new InvalidOperationException("The rows were opened for reading; accepted is a log that was opened for writing.");
        long end = stream.Position;
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(line));
        }
        catch (Exception exception)
        {
            stream.SetLength(end);
            stream.Position = end;

            // What .NET has for a file that has reached its limit.
            throw exception is ArgumentOutOfRangeException ? new IOException("File too large", exception) : exception;
        }
    }

    private static string LineOf(string id, RunSummary summary)
    {
        string cells = $"{id},{summary.Status},{Texts.Of(summary.Step)},{string.Join(',', summary.Numbers.Select(Texts.Of))},";
        return $"{cells}{CheckOf(cells)}\n";
    }

    /// <summary>Reads line after line: the file may be larger than any array.</summary>
    private static (Dictionary<string, RunSummary> Rows, int Damaged, long End) ReadAll(Stream stream, string path)
    {
        byte[] buffer = new byte[LongestLine];
        Dictionary<string, RunSummary> rows = [];
        int damaged = 0, start = 0, length = 0;
        long end = 0, position = 0;
        bool isLong = false;
        while (true)
        {
            int line = buffer.AsSpan(start, length - start).IndexOf((byte)'\n');
            if (line >= 0)
            {
                string text = Encoding.UTF8.GetString(buffer, start, line);
                if (end == 0)
                {
                    CheckHeader(text, isWhole: true, path);
                }
                else if (isLong || !TryRead(text, rows))
                {
                    damaged++;
                }

                isLong = false;
                start += line + 1;
                end = position + start;
                continue;
            }

            if (length - start == buffer.Length)
            {
                if (end == 0)
                {
                    break;
                }

                isLong = true;
                start = length;
            }

            buffer.AsSpan(start, length - start).CopyTo(buffer);
            position += start;
            length -= start;
            start = 0;
            int read = stream.Read(buffer, length, buffer.Length - length);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        if (end == 0)
        {
            CheckHeader(Encoding.UTF8.GetString(buffer, 0, length), isWhole: false, path);
        }

        return (rows, damaged, end);
    }

    private static void CheckHeader(string text, bool isWhole, string path)
    {
        if (isWhole ? text == Header : Header.StartsWith(text, StringComparison.Ordinal))
        {
            return;
        }

        throw new InvalidDataException(
            text.StartsWith("run,status,step,", StringComparison.Ordinal) && isWhole
                ? $"'{Shown.Of(path)}' has rows of runs with other columns, {Shown.Of(text)}; accepted are those of this version, {Header}."
                : $"'{Shown.Of(path)}' begins with '{Shown.Of(text, 60)}'; accepted is a file with rows of runs, which begins with 'run,status,step'.");
    }

    private static bool TryRead(string line, Dictionary<string, RunSummary> rows)
    {
        int end = line.Length - CheckDigits;
        string[] cells = line.Split(',');
        if (end <= 0 || cells.Length != Cells || CheckOf(line[..end]) != line[end..])
        {
            return false;
        }

        double[] numbers = [.. cells[3..^1].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        int half = numbers.Length / 2;
        rows.TryAdd(cells[0], new RunSummary(cells[1], int.Parse(cells[2], CultureInfo.InvariantCulture), numbers[..half], numbers[half..]));
        return true;
    }

    private static string CheckOf(string cells) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cells)).AsSpan(0, CheckDigits / 2));
}
