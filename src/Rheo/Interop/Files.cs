using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Rheo.Interop;

/// <summary>What .NET does not tell of files: who owns them, and whether the last part of a path is a link.</summary>
internal static unsafe partial class Files
{
    private const int AT_EMPTY_PATH = 0x1000;
    private const int AT_FDCWD = -100;
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const int ENOENT = 2;
    private const int ENOTDIR = 20;
    private const int O_NONBLOCK = 0x800;
    private const int O_NOFOLLOW = 0x20000;
    private const int O_NOFOLLOW_ARM = 0x8000;
    private const int O_CLOEXEC = 0x80000;
    private const int ELOOP = 40;
    private const int LOCK_SH = 1;
    private const int LOCK_EX = 2;
    private const int LOCK_NB = 4;
    private const uint STATX_TYPE_MODE_UID = 0x1 | 0x2 | 0x8;
    private const uint STATX_INO = 0x100;

    private static readonly ConcurrentDictionary<string, int> s_lent = new();

    /// <summary>The user whose rights we have.</summary>
    public static uint EffectiveUser => geteuid();

    /// <summary>Opens a file to read it; never waits for a pipe's other end.</summary>
    /// <exception cref="IOException">It cannot be opened, or its name is a symbolic link.</exception>
    public static SafeFileHandle OpenWithoutFollowing(string path) =>
        Open(path, RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? O_NOFOLLOW_ARM : O_NOFOLLOW);

    /// <summary>The same, and its name may be a symbolic link: for what is no secret and decides nothing.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle Open(string path) => Open(path, 0);

    /// <summary>All of a file as text.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="greatest">More bytes than this are refused.</param>
    /// <param name="what">What such a file holds, for the message: <c>a secret</c>.</param>
    /// <exception cref="IOException">It is no file, larger, or cannot be read.</exception>
    public static string ReadText(SafeFileHandle file, int greatest, string what)
    {
        if (!Status(file).IsFile)
            throw new IOException("this is not a file");
        var length = RandomAccess.GetLength(file);
        if (length > greatest)
            throw new IOException($"this has {length} bytes; {what} has at most {greatest}");
        var content = new byte[length];
        var read = RandomAccess.Read(file, content, 0);
        return Encoding.UTF8.GetString(content, 0, read);
    }

    private static SafeFileHandle Open(string path, int following)
    {
        if (s_lent.TryGetValue(path, out var lent))
            return new SafeFileHandle(dup(lent), ownsHandle: true);
        int descriptor;
        // SAFETY: pinned for the call; the zero at its end was put there by us.
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            descriptor = open(name, O_CLOEXEC | O_NONBLOCK | following);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        var errno = Marshal.GetLastPInvokeError();
        throw new IOException(errno == ELOOP
            ? "this is a symbolic link, whose owner could change what we do; name the file itself"
            : Marshal.GetPInvokeErrorMessage(errno));
    }

    /// <summary>From now on this open file is what the path names: somebody opened it for us who may, and we may not.</summary>
    public static void Lend(string path, int descriptor) => s_lent[path] = descriptor;

    /// <summary>Owner and mode of an open file.</summary>
    public static FileStatus Status(SafeFileHandle file)
    {
        statx_buffer buffer = default;
        byte nothing = 0;
        // SAFETY: both live on this stack, and struct statx is 256 bytes long by the kernel's promise.
        if (statx((int)file.DangerousGetHandle(), &nothing, AT_EMPTY_PATH, STATX_TYPE_MODE_UID | STATX_INO, &buffer) != 0)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        return new FileStatus(buffer.stx_uid, buffer.stx_mode) { Inode = buffer.stx_ino };
    }

    /// <summary>Owner and mode of what stands at a path, a symbolic link itself included; null when nothing does.</summary>
    /// <exception cref="IOException">It cannot be looked at: a folder on the way is closed to us. Its HResult is the errno.</exception>
    public static FileStatus? Look(string path)
    {
        statx_buffer buffer = default;
        int answer;
        // SAFETY: the name is pinned for the call and ends with the zero put there by us; the buffer lives on this stack.
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            answer = statx(AT_FDCWD, name, AT_SYMLINK_NOFOLLOW, STATX_TYPE_MODE_UID | STATX_INO, &buffer);
        if (answer == 0)
            return new FileStatus(buffer.stx_uid, buffer.stx_mode) { Inode = buffer.stx_ino };
        var errno = Marshal.GetLastPInvokeError();
        return errno is ENOENT or ENOTDIR ? null : throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup(int descriptor);

    /// <summary>Gives what stands at a path, a symbolic link itself included, to a user.</summary>
    /// <exception cref="IOException">We may not.</exception>
    public static void Give(string path, uint user, uint group)
    {
        // SAFETY: pinned for the call; the zero at its end was put there by us.
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            if (lchown(name, user, group) != 0)
                throw new IOException($"{path} cannot be given to user {user}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Takes a lock that ends with the descriptor (flock(2)); false when somebody else's stands in the way.</summary>
    /// <param name="file">What is open.</param>
    /// <param name="alone">Nobody else has any; else: nobody else has one of this kind.</param>
    public static bool TryLock(SafeFileHandle file, bool alone) => flock((int)file.DangerousGetHandle(), (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int descriptor, int operation);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int lchown(byte* path, uint user, uint group);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int open(byte* path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int statx(int folder, byte* path, int flags, uint mask, statx_buffer* buffer);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    /// <summary>The fields of <c>struct statx</c> (include/uapi/linux/stat.h) that are read here; the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct statx_buffer
    {
        [FieldOffset(20)]
        public uint stx_uid;

        [FieldOffset(28)]
        public ushort stx_mode;

        [FieldOffset(32)]
        public ulong stx_ino;
    }
}
