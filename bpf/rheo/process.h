/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * Who a process is: gathered while it lives, so that one of a few milliseconds has a name too. Each process
 * is told once, before the first socket that is its own, and again when its name, its program, its user or
 * its cgroup change.
 */
#ifndef RHEO_PROCESS_H
#define RHEO_PROCESS_H

struct owner_process_key {
	__u32 pid;
	__u32 pad;
	__u64 start_ns;
};

enum {
	PROCESS_HIERARCHIES =
	    24, /* of cgroups: version 1 has a dozen controllers, version 2, and a few names */
};

/* What was told; all of it is compared. */
struct process_told {
	__u64 executable; /* address of the open file */
	__u64 cgroups;    /* address of what it shares with all that are in the same ones */
	__u8 name[16];
	__u32 uid; /* a daemon that begins as root goes on as another */
	__u32 pad;
	__u64 readers; /* a reader that came later knows nothing */
};

/* Its own task a program may follow like any other pointer, since 5.15: no call for each step. Set before
 * load. */
const volatile bool has_task = true;

/* Readers so far; each counts itself by a run of socket_reader. */
__u64 readers;

/* Writer: hooks and the iterator. Full: the longest unused goes, and is told again. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, struct owner_process_key);
	__type(value, struct process_told);
} processes SEC(".maps");

static __always_inline struct task_struct *process_running(void)
{
	if (has_task)
		return bpf_get_current_task_btf();
	return (struct task_struct *)bpf_get_current_task();
}

static __always_inline void process_key_of(struct owner_process_key *key, struct task_struct *task)
{
	key->pid = BPF_CORE_READ(task, tgid);
	key->pad = 0;
	key->start_ns = BPF_CORE_READ(task, group_leader, start_time);
}

static __always_inline struct kernfs_node *process_v1_cgroup(struct css_set *set, __u32 controller)
{
	const void *states = (void *)set + bpf_core_field_offset(struct css_set, subsys);
	struct cgroup_subsys_state *state = NULL;

	bpf_probe_read_kernel(&state, sizeof(state), states + controller * sizeof(state));
	return BPF_CORE_READ(state, cgroup, kn);
}

/* systemd's own hierarchy of version 1 has no controller, and a name: among all that the process is in, by
 * it.
 */
static __always_inline struct kernfs_node *process_systemd_cgroup(struct css_set *set)
{
	const struct list_head *end = (void *)set + bpf_core_field_offset(struct css_set, cgrp_links);
	struct list_head *at = BPF_CORE_READ(set, cgrp_links.next);
	struct cgroup_root *root;
	struct cgroup *group;
	char name[8];
	int step;

	for (step = 0; step < PROCESS_HIERARCHIES && at && at != end; step++) {
		group = BPF_CORE_READ(
		    (struct cgrp_cset_link *)((void *)at -
					      bpf_core_field_offset(struct cgrp_cset_link, cgrp_link)),
		    cgrp);
		root = BPF_CORE_READ(group, root);
		bpf_core_read(name, sizeof(name), &root->name);
		if (!__builtin_memcmp(name, "systemd", sizeof(name)))
			return BPF_CORE_READ(group, kn);
		at = BPF_CORE_READ(at, next);
	}
	return NULL;
}

/* Where version 1 has the containers and services, version 2 has all processes in its root. */
static __always_inline struct kernfs_node *process_cgroup(struct task_struct *task)
{
	struct css_set *set = BPF_CORE_READ(task, cgroups);
	struct kernfs_node *second = BPF_CORE_READ(set, dfl_cgrp, kn);
	struct kernfs_node *node;

	if (path_cgroup_parent(second))
		return second;
	if (bpf_core_type_exists(struct cgrp_cset_link)) {
		node = process_systemd_cgroup(set);
		if (node && path_cgroup_parent(node))
			return node;
	}
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id)) {
		node = process_v1_cgroup(set, bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id));
		if (path_cgroup_parent(node))
			return node;
	}
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id)) {
		node = process_v1_cgroup(set, bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id));
		if (path_cgroup_parent(node))
			return node;
	}
	return second;
}

static __always_inline bool process_is_told(const struct process_told *now, const struct process_told *before)
{
	const __u64 *name = (const void *)now->name, *told = (const void *)before->name;

	/* One that exits has no program any more. */
	return (now->executable == before->executable || !now->executable) &&
	       now->cgroups == before->cgroups && now->uid == before->uid && name[0] == told[0] &&
	       name[1] == told[1] && now->readers == before->readers;
}

static __always_inline bool process_tell(struct task_struct *task, const struct owner_process_key *key,
					 const struct process_told *facts)
{
	struct owner_process *record = bpf_ringbuf_reserve(&owner_ring, sizeof(*record), 0);

	if (!record) {
		owner_lost();
		return false;
	}
	record->head.kind = OWNER_PROCESS;
	record->head.pid = key->pid;
	record->head.start_ns = key->start_ns;
	record->head.time_ns = bpf_ktime_get_ns();
	record->cgroup_id = BPF_CORE_READ(task, cgroups, dfl_cgrp, kn, id);
	record->uid = facts->uid;
	__builtin_memcpy(record->name, facts->name, sizeof(record->name));
	path_of_file(record->executable, &record->executable_length, (void *)facts->executable);
	path_of_cgroup(record->cgroup, &record->cgroup_length, process_cgroup(task));
	owner_submit(record, sizeof(*record));
	return true;
}

/* False for kernel threads, which are nobody. */
static __always_inline bool process_read(struct owner_process_key *key, struct process_told *facts,
					 struct task_struct *task)
{
	if (BPF_CORE_READ(task, flags) & PF_KTHREAD)
		return false;
	process_key_of(key, task);
	facts->executable = (__u64)BPF_CORE_READ(task, mm, exe_file);
	facts->cgroups = (__u64)BPF_CORE_READ(task, cgroups);
	facts->uid = BPF_CORE_READ(task, cred, uid.val);
	BPF_CORE_READ_STR_INTO(&facts->name, task, group_leader, comm);
	return true;
}

/* The same without a call. */
static __always_inline bool process_look(struct owner_process_key *key, struct process_told *facts,
					 struct task_struct *task)
{
	struct task_struct *leader = task->group_leader;
	const __u64 *comm = (const void *)leader->comm;
	__u64 *name = (void *)facts->name;

	if (task->flags & PF_KTHREAD)
		return false;
	key->pid = task->tgid;
	key->pad = 0;
	key->start_ns = leader->start_time;
	facts->executable = (__u64)task->mm->exe_file;
	facts->cgroups = (__u64)task->cgroups;
	facts->uid = task->cred->uid.val;
	name[0] = comm[0];
	name[1] = comm[1];
	return true;
}

/* Says who a task's process is in a record's head. */
static __always_inline void process_name(struct owner_head *head, struct task_struct *task)
{
	struct owner_process_key key;
	struct process_told facts = {};
	struct process_told *told;

	if (!(has_task ? process_look(&key, &facts, task) : process_read(&key, &facts, task)))
		return;
	facts.readers = readers;
	told = bpf_map_lookup_elem(&processes, &key);
	if (!(told && process_is_told(&facts, told)) && process_tell(task, &key, &facts))
		bpf_map_update_elem(&processes, &key, &facts, BPF_ANY);
	head->pid = key.pid;
	head->start_ns = key.start_ns;
}

/* A child has all descriptors of its parent, until a look at them says otherwise. */
static __always_inline int process_forked(struct task_struct *parent, struct task_struct *child)
{
	const struct process_told nothing = {};
	struct owner_process_key key, own;
	struct owner_fork *record;

	if (BPF_CORE_READ(child, pid) != BPF_CORE_READ(child, tgid))
		return 0; /* a thread */
	process_key_of(&key, parent);
	if (!bpf_map_lookup_elem(&processes, &key))
		return 0;
	/* From here on its end is told; itself when it uses a socket. */
	process_key_of(&own, child);
	bpf_map_update_elem(&processes, &own, &nothing, BPF_NOEXIST);
	record = bpf_ringbuf_reserve(&owner_ring, sizeof(*record), 0);
	if (!record) {
		owner_lost();
		return 0;
	}
	record->head.kind = OWNER_FORK;
	record->head.pid = own.pid;
	record->head.start_ns = own.start_ns;
	record->head.time_ns = bpf_ktime_get_ns();
	record->parent = key.pid;
	record->pad = 0;
	record->parent_start_ns = key.start_ns;
	owner_submit(record, sizeof(*record));
	return 0;
}

static __always_inline int process_exited(struct task_struct *task)
{
	struct owner_process_key key;
	struct owner_head *record;

	if (BPF_CORE_READ(task, signal, live.counter))
		return 0; /* other threads go on */
	process_key_of(&key, task);
	if (!bpf_map_lookup_elem(&processes, &key))
		return 0;
	record = bpf_ringbuf_reserve(&owner_ring, sizeof(*record), 0);
	if (!record) {
		owner_lost();
		return 0;
	}
	record->kind = OWNER_EXIT;
	record->pid = key.pid;
	record->start_ns = key.start_ns;
	record->time_ns = bpf_ktime_get_ns();
	owner_submit(record, sizeof(*record));
	return 0;
}

#endif
