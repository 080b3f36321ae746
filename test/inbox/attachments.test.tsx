// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { FileView } from '../../shared/conversation.ts';
import { Attachments } from '../../inbox/components/Attachments.tsx';

const file = (more: Partial<FileView>): FileView => ({
  id: 'a'.repeat(22),
  name: 'plan.pdf',
  type: 'application/pdf',
  size: 1_200_000,
  url: '/api/widget/files/x?sig=y',
  ...more,
});

describe('files of a message', () => {
  afterEach(cleanup);

  it('are cards to be downloaded, with name and size', () => {
    render(<Attachments files={[file({})]} />);
    const link = screen.getByRole('link', { name: /plan\.pdf/ });
    expect(link.getAttribute('href')).toBe('/api/widget/files/x?sig=y');
    expect(link.getAttribute('download')).toBe('plan.pdf');
    expect(link.textContent).toContain('1.2 MB');
  });

  it('are pictures in place that keep their room while they load', () => {
    render(<Attachments files={[file({ name: 'shot.png', type: 'image/png', width: 800, height: 600 })]} />);
    const picture = screen.getByRole('img', { name: 'shot.png' });
    expect([picture.getAttribute('width'), picture.getAttribute('height')]).toEqual(['800', '600']);
    expect(picture.closest('a')?.getAttribute('target')).toBe('_blank');
  });

  it('say so where they are no longer there', () => {
    render(<Attachments files={[file({ name: 'shot.png', type: 'image/png' })]} />);
    fireEvent.error(screen.getByRole('img'));
    expect(screen.getByText('No longer stored')).toBeDefined();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('never open an image format that may hold scripts in place', () => {
    render(<Attachments files={[file({ name: 'a.svg', type: 'image/svg+xml' })]} />);
    expect(screen.queryByRole('img')).toBeNull();
  });
});
